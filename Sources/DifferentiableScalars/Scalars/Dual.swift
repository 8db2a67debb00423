// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A dual number v + t ε with ε² = 0: a value and one tangent, for forward mode.
///
/// f(v + t ε) = f(v) + f′(v) t ε, so evaluating a function on dual numbers gives its directional derivative along
/// the tangents of the inputs, to roundoff, at two to three times the cost of the function.
///
/// `Dual<Dual<Double>>` carries second derivatives, `Dual<Variable>` the derivative of a gradient. Nesting is by
/// type: the tangents of two derivatives that are taken at once have different types and cannot be added by
/// accident (Siskind & Pearlmutter 2008, doi:10.1007/s10990-008-9037-1, call that accident perturbation confusion).
public struct Dual<Base: DifferentiableScalar>: ChainRuleScalar {
  /// The value v.
  public var value: Base

  /// The tangent t: the derivative of the value along the seeded direction.
  public var tangent: Base

  /// A dual number with a given tangent; 1 makes it the variable to differentiate by.
  @inlinable @inline(__always)
  public init(_ value: Base, tangent: Base) {
    self.value = value
    self.tangent = tangent
  }

  /// A constant of the base type: tangent 0.
  @inlinable @inline(__always)
  public init(constant: Base) {
    value = constant
    tangent = 0
  }

  /// A constant: tangent 0.
  @inlinable @inline(__always)
  public init(_ constant: Double) {
    value = Base(constant)
    tangent = 0
  }

  /// The innermost plain value.
  @inlinable @inline(__always) public var primal: Double { value.primal }

  /// The value without any derivative.
  @inlinable @inline(__always) public var detached: Dual { Dual(constant: value.detached) }

  /// Whether the values are equal.
  @inlinable @inline(__always) public static func isEqual(_ x: Dual, _ y: Dual) -> Bool { x.value == y.value }

  /// Whether one value is less than the other.
  @inlinable @inline(__always) public static func isLess(_ x: Dual, _ y: Dual) -> Bool { x.value < y.value }

  /// log Σᵢ exp(xᵢ); over recorded numbers without a decision about which is the largest.
  @inlinable
  public static func logSumExp(_ x: ArraySlice<Dual>) -> Dual {
    guard Base.self == Traced.self, !x.isEmpty else { return logSumExpByLargest(x) }
    let values = x.map(\.value)
    return Dual(
      Base.logSumExp(values[...]), tangent: Base.dot(softmaxShares(values)[...], x.map(\.tangent)[...]))
  }

  /// f(v) + f′(v) t ε.
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R, _ x: Dual) -> Dual {
    let y = rule.value(x.value)
    return Dual(y, tangent: Base.chainProduct(rule.slope(x.value, value: y), x.tangent))
  }

  /// f(v, w) + (∂f/∂v s + ∂f/∂w t) ε.
  @inlinable @inline(__always)
  public static func apply<R: BinaryRule>(_ rule: R, _ x: Dual, _ y: Dual) -> Dual {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    return Dual(z, tangent: Base.chainProduct(dx, x.tangent) + Base.chainProduct(dy, y.tangent))
  }

  /// The sum; tangents add.
  @inlinable @inline(__always)
  public static func + (x: Dual, y: Dual) -> Dual { Dual(x.value + y.value, tangent: x.tangent + y.tangent) }

  /// The difference; tangents subtract.
  @inlinable @inline(__always)
  public static func - (x: Dual, y: Dual) -> Dual { Dual(x.value - y.value, tangent: x.tangent - y.tangent) }

  /// The negation of value and tangent.
  @inlinable @inline(__always)
  public static prefix func - (x: Dual) -> Dual { Dual(-x.value, tangent: -x.tangent) }

  /// x · y with 0 · ∞ = 0 in the value and, by the product rule, in the tangent.
  @inlinable @inline(__always)
  public static func chainProduct(_ x: Dual, _ y: Dual) -> Dual {
    Dual(
      Base.chainProduct(x.value, y.value),
      tangent: Base.chainProduct(x.value, y.tangent) + Base.chainProduct(y.value, x.tangent))
  }

  /// x where first < second by value, else y, with its tangent.
  @inlinable @inline(__always)
  public static func select(_ first: Dual, isLessThan second: Dual, then x: Dual, else y: Dual) -> Dual {
    Dual(
      Base.select(first.value, isLessThan: second.value, then: x.value, else: y.value),
      tangent: Base.select(first.value, isLessThan: second.value, then: x.tangent, else: y.tangent))
  }
}

extension Dual: Sendable where Base: Sendable {}
