// SPDX-License-Identifier: Apache-2.0

import RealModule

/// sin x: sin′ = cos.
public struct Sine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "sin" }

  /// sin x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.sin(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.cos(x)
  }
}

/// cos x: cos′ = -sin.
public struct Cosine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "cos" }

  /// cos x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.cos(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    -S.sin(x)
  }
}

/// tan x: tan′ = 1 + tan².
public struct Tangent: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "tan" }

  /// tan x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.tan(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    1 + y * y
  }
}

/// asin x: asin′ = 1/√(1 - x²); +∞ at ±1; NaN beyond, as the value.
public struct ArcSine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "asin" }

  /// asin x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.asin(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    1 / S.sqrt(oneMinusSquare(x))
  }
}

/// acos x: acos′ = -asin′.
public struct ArcCosine: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "acos" }

  /// acos x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.acos(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    -1 / S.sqrt(oneMinusSquare(x))
  }
}

/// atan x: atan′ = 1/(1 + x²), as (1/x)²/(1 + (1/x)²) for large x, where x² overflows.
public struct ArcTangent: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "atan" }

  /// atan x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.atan(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    let r = 1 / x
    let large = r * r / (1 + r * r)
    return S.select(S.abs(x), isLessThan: 1e8, then: 1 / (1 + x * x), else: large)
  }
}

/// 1 - x², as (1 - x)(1 + x) where it is small; around 0, where the derivative of that product cancels, as it stands.
@inlinable @inline(__always)
func oneMinusSquare<S: DifferentiableScalar>(_ x: S) -> S {
  S.select(S.abs(x), isLessThan: 0.5, then: 1 - x * x, else: (1 - x) * (1 + x))
}
