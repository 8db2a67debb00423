// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Operations on constants alone become constants, with the value that they have; in sums, the first
  /// addends are added up where they are constants, and products of two constants become addends.
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
    // Only the first addends are added up here: constants further on may be there to round what comes before them.
    var addends: [Traced] = []
    var left: [Traced] = []
    var right: [Traced] = []
    func add(_ term: Traced) {
      if term.isRecorded || addends.contains(where: \.isRecorded) {
        if term.isRecorded || term.recordedValue != 0 { addends.append(term) }
      } else if let first = addends.first {
        addends = [first + term]
      } else {
        addends = [term]
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
    if let first = addends.first, !first.isRecorded, first.recordedValue == 0, addends.count + left.count > 1 {
      addends.removeFirst()
    }
    return (addends, left, right)
  }
}
