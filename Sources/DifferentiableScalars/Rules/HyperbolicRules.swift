// SPDX-License-Identifier: Apache-2.0

import RealModule

/// sinh x: sinh′ = cosh.
public struct HyperbolicSine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "sinh" }

  /// sinh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.sinh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.cosh(x)
  }
}

/// cosh x: cosh′ = sinh.
public struct HyperbolicCosine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "cosh" }

  /// cosh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.cosh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.sinh(x)
  }
}

/// tanh x: tanh′ = 1 - tanh², written as 4e/(1 + e)² with e = exp(-2|x|) where tanh comes close to ±1.
public struct HyperbolicTangent: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "tanh" }

  /// tanh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.tanh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // 1 - y² loses its digits where |y| rounds close to 1. 1/cosh² has them, but its derivative passes through numbers
    // that underflow long before the result does.
    let e = S.exp(-2 * S.abs(x))
    let d = 1 + e
    return S.select(S.abs(y), isLessThan: 0.5, then: 1 - y * y, else: 4 * e / (d * d))
  }
}

/// asinh x: asinh′ = 1/√(1 + x²).
public struct HyperbolicArcSine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "asinh" }

  /// asinh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.asinh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    1 / S.hypot(1, x)
  }
}

/// acosh x: acosh′ = 1/√((x - 1)(x + 1)); +∞ at 1.
public struct HyperbolicArcCosine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "acosh" }

  /// acosh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.acosh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    1 / (S.sqrt(x - 1) * S.sqrt(x + 1))
  }
}

/// atanh x: atanh′ = 1/(1 - x²); +∞ at ±1; NaN for |x| > 1, as the value.
public struct HyperbolicArcTangent: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "atanh" }

  /// atanh x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.atanh(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.select(1, isLessThan: S.abs(x), then: y, else: 1 / oneMinusSquare(x))
  }
}
