// SPDX-License-Identifier: Apache-2.0

import Formulas
import RandomStreams

/// Random syntax trees.
struct RandomTree {
  var random: Xoshiro256
  /// Names of variables, also such as need quoting.
  var names = ["x", "y", "z_1", "größe", "two words", "a`b", "sin", "pi", "]", "重量"]
  /// Whether only operations that are smooth and defined everywhere near the point are used.
  var isSmooth = false

  init(seed: UInt64) { random = Xoshiro256(seed: seed) }

  mutating func number(_ depth: Int) throws -> FormulaTree {
    if depth == 0 || random.below(6) == 0 { return try leaf() }
    switch random.below(isSmooth ? 9 : 11) {
    case 0: return try FormulaTree(.negate, [number(depth - 1)])
    case 1, 2: return try FormulaTree(.add, [number(depth - 1), number(depth - 1)])
    case 3: return try FormulaTree(.subtract, [number(depth - 1), number(depth - 1)])
    case 4, 5: return try FormulaTree(.multiply, [number(depth - 1), number(depth - 1)])
    case 6:
      // Divided by something away from zero.
      let below = try number(depth - 1)
      return try FormulaTree(
        .divide, [number(depth - 1), isSmooth ? FormulaTree(.add, [FormulaTree(2), bounded(below)]) : below])
    case 7: return try power(depth)
    case 8: return try call(depth)
    case 9: return try FormulaTree(.choose, [condition(depth - 1), number(depth - 1), number(depth - 1)])
    default:
      let count = 2 + random.below(3)
      return try FormulaTree(
        .call(random.below(2) == 0 ? .min : .max, count: count), (0..<count).map { _ in try number(depth - 1) })
    }
  }

  mutating func condition(_ depth: Int) throws -> FormulaTree {
    let comparisons: [FormulaTree.Node] = [.less, .atMost, .greater, .atLeast, .equal, .unequal]
    switch random.below(depth > 0 ? 6 : 1) {
    case 3: return try FormulaTree(.and, [condition(depth - 1), condition(depth - 1)])
    case 4: return try FormulaTree(.or, [condition(depth - 1), condition(depth - 1)])
    case 5: return try FormulaTree(.not, [condition(depth - 1)])
    default:
      return try FormulaTree(comparisons[random.below(6)], [number(max(0, depth - 1)), number(max(0, depth - 1))])
    }
  }

  private mutating func leaf() throws -> FormulaTree {
    switch random.below(6) {
    case 0: try FormulaTree(Double(random.below(9)))
    case 1: try FormulaTree(isSmooth ? random.uniform() : random.uniform() * 1e-9)
    case 2: try FormulaTree(random.below(2) == 0 ? .pi : .euler)
    default: try FormulaTree(variable: names[random.below(names.count)])
    }
  }

  private mutating func power(_ depth: Int) throws -> FormulaTree {
    if isSmooth { return try FormulaTree(.power, [bounded(number(depth - 1)), FormulaTree(Double(random.below(4)))]) }
    return try FormulaTree(.power, [number(depth - 1), number(depth - 1)])
  }

  private mutating func call(_ depth: Int) throws -> FormulaTree {
    if isSmooth {
      let smooth: [ElementaryFunction] = [.sin, .cos, .tanh, .sigmoid, .softplus, .atan, .erf, .asinh]
      return try FormulaTree(.call(smooth[random.below(smooth.count)], count: 1), [number(depth - 1)])
    }
    let functions = ElementaryFunction.allCases.filter { $0.arguments.upperBound <= 3 }
    let function = functions[random.below(functions.count)]
    let count = function.arguments.lowerBound
    return try FormulaTree(.call(function, count: count), (0..<count).map { _ in try number(depth - 1) })
  }

  /// tanh of it: between -1 and 1.
  private func bounded(_ tree: FormulaTree) throws -> FormulaTree { try FormulaTree(.call(.tanh, count: 1), [tree]) }
}
