// SPDX-License-Identifier: Apache-2.0

import RealModule

/// xⁿ for an integer n: slope n xⁿ⁻¹, and 0 for n = 0 at every x, 0 included.
public struct IntegerPower: UnaryRule {
  /// The exponent n.
  public let exponent: Int

  /// Creates the rule for one exponent.
  @inlinable public init(_ exponent: Int) { self.exponent = exponent }

  /// The name, with the exponent.
  public var name: String { "pow\(exponent)" }

  /// xⁿ.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.pow(x, exponent) }

  /// n xⁿ⁻¹.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // n - 1 would overflow for Int.min; there xⁿ is 0, 1 or ∞ and the slope follows from y / x.
    if exponent == 0 { return 0 }
    if exponent == .min { return S(Double(exponent)) * y / x }
    return S(Double(exponent)) * S.pow(x, exponent - 1)
  }
}

/// The n-th root: slope y / (n x); ±∞ at 0 for n > 1.
public struct IntegerRoot: UnaryRule {
  /// The index n of the root.
  public let index: Int

  /// Creates the rule for one index.
  @inlinable public init(_ index: Int) { self.index = index }

  /// The name, with the index.
  public var name: String { "root\(index)" }

  /// x^(1/n).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.root(x, index) }

  /// x^(1/n) / (n x), as 1 / (n yⁿ⁻¹), which is ∞ and not 0/0 at 0.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    if index == 1 { return 1 }
    if index == .min { return y / (S(Double(index)) * x) }
    return 1 / (S(Double(index)) * S.pow(y, index - 1))
  }
}

/// xʸ: slopes y xʸ⁻¹ (0 where y = 0) and xʸ log x (0 where xʸ = 0).
///
/// As in swift-numerics, a negative base gives NaN; integer exponents have their own function.
public struct Power: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "pow" }

  /// xʸ.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.pow(x, y) }

  /// (y xʸ⁻¹, xʸ log x), each factor zero making the product zero.
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) {
    (S.chainProduct(y, S.pow(x, y - 1)), S.chainProduct(z, S.log(x)))
  }
}
