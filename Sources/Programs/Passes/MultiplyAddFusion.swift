// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Chains and trees of additions whose parts are used nowhere else become one sum with its products: the `dot` and
  /// `affine` that somebody wrote as a loop.
  ///
  /// A sum of two terms stays two operations. The order of addition becomes: terms first, then products, each from
  /// left to right.
  public func fusingMultiplyAdds() throws -> Program {
    let absorbed = absorbedIntoSums()
    var rewriting = Rewriting(self)
    rewriting.run { node, operation, x, value in
      // Nobody reads it: the sum that it disappears into collects its parts.
      if absorbed[node] { return Traced(.nan) }
      guard operation.opcode.isSum else { return operation.result(x) }
      return SumTerms(of: node, in: self, absorbed: absorbed).recorded(value)
    }
    return try rewriting.finish()
  }

  /// The operations that are used once, by a sum, and are a sum or a product themselves.
  ///
  /// A sum with a constant in it stays by itself: `(x + c) - c` is written to round x, and must not become x.
  private func absorbedIntoSums() -> [Bool] {
    let uses = useCounts
    var absorbed = Array(repeating: false, count: operations.count)
    for operation in operations where operation.opcode.isSum {
      for (position, operand) in operands(of: operation).enumerated() where uses[Int(operand)] == 1 {
        let child = operations[Int(operand)].opcode
        let isAddend = operation.opcode != .accumulate || position >= 2 * Int(operation.payload)
        let isSubtracted = operation.opcode == .subtract && position == 1
        let roundsOff = child.isSum && operands(at: Int(operand)).contains { operations[Int($0)].opcode == .constant }
        if isAddend, !isSubtracted, !roundsOff, child.isSum || child == .multiply { absorbed[Int(operand)] = true }
      }
    }
    return absorbed
  }
}

extension Opcode {
  /// Whether it adds up its operands.
  fileprivate var isSum: Bool { self == .add || self == .subtract || self == .accumulate }
}

/// The terms of a sum with all that it absorbs, from left to right.
private struct SumTerms {
  var addends: [UInt32] = []
  var products: [(UInt32, UInt32)] = []
  var subtracted: [UInt32] = []

  init(of root: Int, in program: Program, absorbed: [Bool]) {
    // A stack instead of recursion: a loop of a million additions is a chain that deep.
    var stack = [UInt32(root)]
    var isRoot = true
    while let node = stack.popLast() {
      guard isRoot || absorbed[Int(node)] else {
        addends.append(node)
        continue
      }
      isRoot = false
      let operation = program.operations[Int(node)]
      let x = Array(program.operands(of: operation))
      switch operation.opcode {
      case .add: stack += [x[1], x[0]]
      case .subtract:
        subtracted.append(x[1])
        stack.append(x[0])
      case .multiply: products.append((x[0], x[1]))
      default:
        let p = Int(operation.payload)
        for i in 0..<p { products.append((x[i], x[p + i])) }
        stack += x[(2 * p)...].reversed()
      }
    }
  }

  func recorded(_ value: (UInt32) -> Traced) -> Traced {
    switch (addends.count, products.count, subtracted.count) {
    case (2, 0, 0): return value(addends[0]) + value(addends[1])
    case (1, 0, 1): return value(addends[0]) - value(subtracted[0])
    case (0, 1, 1): return value(products[0].0) * value(products[0].1) - value(subtracted[0])
    case (1, 1, 0): return value(addends[0]) + value(products[0].0) * value(products[0].1)
    default:
      return Traced.accumulate(
        addends: addends.map(value), products.map { value($0.0) } + subtracted.map { _ in -1 },
        products.map { value($0.1) } + subtracted.map(value))
    }
  }
}
