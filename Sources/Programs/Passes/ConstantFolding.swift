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
    let terms = foldedTerms(x, products: p)
    switch (terms.addends.count, terms.left.count) {
    case (1, 0): return terms.addends[0]
    case (2, 0): return terms.addends[0] + terms.addends[1]
    case (0, 1): return terms.left[0] * terms.right[0]
    default: return Traced.accumulate(addends: terms.addends, terms.left, terms.right)
    }
  }

  /// The sum with its constants folded, and equal products merged.
  static func foldedAndMerged(_ x: [Traced], products p: Int) -> Traced {
    let terms = foldedTerms(x, products: p)
    switch (terms.addends.count, terms.left.count) {
    case (1, 0): return terms.addends[0]
    case (2, 0): return terms.addends[0] + terms.addends[1]
    case (0, 1): return terms.left[0] * terms.right[0]
    default: return mergingEqualProducts(terms.left + terms.right + terms.addends, products: terms.left.count)
    }
  }

  private static func foldedTerms(
    _ x: [Traced], products p: Int
  ) -> (addends: [Traced], left: [Traced], right: [Traced]) {
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
    return (addends, left, right)
  }
}
