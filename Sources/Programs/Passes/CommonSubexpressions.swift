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
  private var nodes: [Int: [Traced]] = [:]

  /// An earlier operation that computes the same as this one, if there is any; else this one.
  mutating func shared(_ number: Traced, in recorder: Recorder) -> Traced {
    guard number.isRecorded else { return number }
    let node = recorder.node(of: number)
    let hash = recorder.expressionHash(of: node)
    for earlier in nodes[hash, default: []] where recorder.computesTheSame(recorder.node(of: earlier), node) {
      return earlier
    }
    nodes[hash, default: []].append(number)
    return number
  }
}
