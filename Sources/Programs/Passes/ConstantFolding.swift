// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Operations on constants alone become constants, with the value that they have; in sums, constant addends are
  /// added up and products of two constants go to them.
  public func foldingConstants() throws -> Program {
    var rewriting = Rewriting(self)
    rewriting.run { _, operation, x, _ in
      guard operation.opcode == .accumulate else { return operation.result(x) }
      return Self.folded(x, products: Int(operation.payload))
    }
    return try rewriting.finish()
  }

  private static func folded(_ x: [Traced], products p: Int) -> Traced {
    var constant = 0.0
    var hasConstant = false
    var addends: [Traced] = []
    var left: [Traced] = []
    var right: [Traced] = []
    func add(_ term: Traced) {
      if term.isRecorded {
        addends.append(term)
      } else {
        constant += term.recordedValue
        hasConstant = true
      }
    }
    for term in x[(2 * p)...] { add(term) }
    for (u, v) in zip(x[..<p], x[p..<(2 * p)]) {
      if !u.isRecorded, !v.isRecorded {
        add(u * v)
      } else if !u.isRecorded, u.recordedValue == 1 {
        add(v)
      } else if !v.isRecorded, v.recordedValue == 1 {
        add(u)
      } else {
        left.append(u)
        right.append(v)
      }
    }
    if hasConstant, constant != 0 || (addends.isEmpty && left.isEmpty) { addends.insert(Traced(constant), at: 0) }
    switch (addends.count, left.count) {
    case (1, 0): return addends[0]
    case (2, 0): return addends[0] + addends[1]
    case (0, 1): return left[0] * right[0]
    default: return Traced.accumulate(addends: addends, left, right)
    }
  }
}
