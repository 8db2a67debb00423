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

/// tanh x: tanh′ = 1 - tanh², written as 1/cosh² where tanh has rounded close to ±1.
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
    // 1 - y² has lost its digits where |y| has rounded close to 1; there 1/cosh² has all of them.
    let c = 1 / S.cosh(x)
    return S.select(S.abs(y), isLessThan: 0.5, then: 1 - y * y, else: c * c)
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

/// atanh x: atanh′ = 1/((1 - x)(1 + x)).
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
    1 / ((1 - x) * (1 + x))
  }
}
