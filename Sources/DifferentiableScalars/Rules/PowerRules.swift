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

/// The n-th root: slope y / (n x), whose error does not grow with n; +∞ at 0 for n > 1; NaN for n = 0.
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

  /// x^(1/n) / (n x); at 0 and ±∞, where that is 0/0 or ∞/∞, 1/(n x) has the same limit and the same curvature's sign.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    if index == 1 { return 1 }
    if index == 0 { return S(Double.nan) * x }
    let n = S(Double(index))
    // Adding 0 turns -0 into 0.
    let limit = 1 / (n * (x + 0))
    let inner = S.select(S.abs(x), isLessThan: S(Double.infinity), then: y / x / n, else: limit)
    return S.select(S.abs(x), isLessThan: S(Double.leastNonzeroMagnitude), then: limit, else: inner)
  }
}

/// xʸ: slopes y xʸ⁻¹ (0 where y = 0) and xʸ log x (0 where xʸ = 0).
///
/// As in swift-numerics, a negative base gives NaN, and so does 0⁰ (its limit depends on the path); integer exponents have
/// their own function. Where the value is not defined, neither are the slopes.
public struct Power: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "pow" }

  /// xʸ.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.pow(x, y) }

  /// (y xʸ⁻¹, xʸ log x), each factor zero making the product zero, and (NaN, NaN) outside the domain.
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) {
    if x < 0 || (x == 0 && y == 0) { return (z, z) }
    let exponent = y - 1
    // x¹ has slope 1 at 0, although 0⁰ is not defined: there x^(y - 1) is taken as exp((y - 1) log x) with 0 · ∞ = 0.
    let power =
      x == 0 && exponent == 0 ? S.exp(S.chainProduct(exponent, S.log(x))) : S.pow(x, exponent)
    return (S.chainProduct(y, power), S.chainProduct(z, S.log(x)))
  }
}
