// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A dual number whose rules may be wrong on purpose: for one rule, by one mistake.
struct Mutant: ChainRuleScalar, Sendable {
  /// A mistake in a slope.
  enum Mistake: CaseIterable, Sendable {
    case sign
    case zero
    case doubled
    case offByOnePercent
    case offByAMillionth

    func applied(to slope: Double) -> Double {
      switch self {
      case .sign: -slope
      case .zero: 0
      case .doubled: 2 * slope
      case .offByOnePercent: 1.01 * slope
      case .offByAMillionth: 1.000_001 * slope
      }
    }
  }

  struct Plan: Sendable, CustomStringConvertible {
    let rule: String
    /// 0 for the first argument, 1 for the second.
    let slot: Int
    let mistake: Mistake
    var description: String { "\(rule), argument \(slot + 1): \(mistake)" }
  }

  /// The mistake in force.
  @TaskLocal static var plan: Plan?

  var value: Double
  var tangent: Double
  var primal: Double { value }

  init(_ value: Double, tangent: Double) {
    self.value = value
    self.tangent = tangent
  }

  init(_ constant: Double) { self.init(constant, tangent: 0) }

  private static func mutated(_ slope: Double, _ rule: String, _ slot: Int) -> Double {
    guard let plan, plan.rule == rule, plan.slot == slot else { return slope }
    return plan.mistake.applied(to: slope)
  }

  static func apply<R: UnaryRule>(_ rule: R, _ x: Mutant) -> Mutant {
    let y = rule.value(x.value)
    let slope = mutated(rule.slope(x.value, value: y), rule.name, 0)
    return Mutant(y, tangent: Double.chainProduct(slope, x.tangent))
  }

  static func apply<R: BinaryRule>(_ rule: R, _ x: Mutant, _ y: Mutant) -> Mutant {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    return Mutant(
      z,
      tangent: Double.chainProduct(mutated(dx, rule.name, 0), x.tangent)
        + Double.chainProduct(mutated(dy, rule.name, 1), y.tangent))
  }

  static func + (x: Mutant, y: Mutant) -> Mutant { Mutant(x.value + y.value, tangent: x.tangent + y.tangent) }
  static func - (x: Mutant, y: Mutant) -> Mutant { Mutant(x.value - y.value, tangent: x.tangent - y.tangent) }
  static prefix func - (x: Mutant) -> Mutant { Mutant(-x.value, tangent: -x.tangent) }
  static func chainProduct(_ x: Mutant, _ y: Mutant) -> Mutant {
    Mutant(
      Double.chainProduct(x.value, y.value),
      tangent: Double.chainProduct(x.value, y.tangent) + Double.chainProduct(y.value, x.tangent))
  }

  static let method = ScalarMethod("Mutant", units: [4, 8, nil]) { f, x in
    let y = try f(Mutant(x, tangent: 1))
    return [y.value, y.tangent]
  }
}
