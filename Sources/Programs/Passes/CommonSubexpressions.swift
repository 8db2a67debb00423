// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// An operation that was computed before, from the same operands, is taken from there.
  ///
  /// The operands of sums and products of two are compared in one order.
  public func sharingSubexpressions() throws -> Program {
    var rewriting = Rewriting(self)
    let recorder = rewriting.recorder
    var known = KnownExpressions()
    rewriting.run { _, operation, x, _ in known.shared(operation.result(x), in: recorder) }
    return try rewriting.finish()
  }
}

/// The operations of a recording by what they compute.
struct KnownExpressions {
  private var numbers: [Traced] = []
  /// For each number, the one before it with the same hash; -1 for none.
  private var before: [Int32] = []
  /// The last number of each hash.
  private var last: [Int: Int32] = [:]

  /// An earlier operation that computes the same as this one, if there is any; else this one.
  mutating func shared(_ number: Traced, in recorder: Recorder) -> Traced {
    guard number.isRecorded else { return number }
    let node = recorder.node(of: number)
    let hash = recorder.expressionHash(of: node)
    let next = Int32(numbers.count)
    let found = last.updateValue(next, forKey: hash) ?? -1
    var index = found
    while index >= 0 {
      let earlier = numbers[Int(index)]
      if recorder.computesTheSame(recorder.node(of: earlier), node) {
        last[hash] = found
        return earlier
      }
      index = before[Int(index)]
    }
    numbers.append(number)
    before.append(found)
    return number
  }
}
