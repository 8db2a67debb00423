// SPDX-License-Identifier: Apache-2.0

extension FormulaTree {
  /// Whether it is c₀ + Σᵢ cᵢ pᵢ in the variables `names`, with coefficients made of numbers and other variables, as far as
  /// its form shows: `a + b*exp(-x)` in a and b is, `a*b` and `a^2` are not, and `(a + 1)^2 - a^2` is not said to be.
  ///
  /// - Complexity: linear in the number of nodes.
  public func isLinear(in names: Set<String>) -> Bool { (degree(in: names) ?? .other) != .other }

  private enum Degree: Int, Comparable {
    case constant, linear, other
    static func < (a: Degree, b: Degree) -> Bool { a.rawValue < b.rawValue }
  }

  private func degree(in names: Set<String>) -> Degree? {
    var degrees: [Degree] = []
    for node in nodes {
      let operands = Array(degrees.suffix(node.operands.count))
      degrees.removeLast(operands.count)
      let largest = operands.max() ?? .constant
      switch node {
      case .variable(let name): degrees.append(names.contains(name) ? .linear : .constant)
      case .add, .subtract, .negate: degrees.append(largest)
      case .multiply:
        let isProduct = operands.filter { $0 != .constant }.count > 1
        degrees.append(isProduct ? .other : largest)
      case .divide: degrees.append(operands[1] == .constant ? operands[0] : .other)
      // Which part is chosen must not depend on the parameters.
      case .choose: degrees.append(operands[0] == .constant ? largest : .other)
      default: degrees.append(largest == .constant ? .constant : .other)
      }
    }
    return degrees.last
  }
}
