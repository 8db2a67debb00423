// SPDX-License-Identifier: Apache-2.0

import RealModule

/// erf x: erf′ = 2/√π exp(-x²).
///
/// Rounding x² would cost x² ulps of the slope. So x² = h² + (x - h)(x + h) with h = x rounded to 24 bits, whose square
/// is exact; the identity holds for every h, so h may be taken as a constant.
public struct ErrorFunction: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "erf" }

  /// erf x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.erf(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    let h = ErrorFunction.rounded(x.detached)
    return 1.1283791670955126 * S.exp(-h * h) * S.exp((h - x) * (h + x))
  }

  /// x to 24 bits (Dekker's splitting), within ±32; beyond ±28 the slope is 0 in any case.
  @inlinable @inline(__always)
  static func rounded<S: DifferentiableScalar>(_ x: S) -> S {
    let near = S.clamp(x, lower: -32, upper: 32)
    let scaled = 536_870_913 * near
    return scaled - (scaled - near)
  }
}

/// |x|: |x|′ = sign x; 0 at 0, also in the second derivative; NaN at NaN.
public struct AbsoluteValue: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "abs" }

  /// |x|.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.abs(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // Where neither comparison holds, y itself is the slope: 0 (with slope 0) at 0, NaN at NaN.
    S.select(x, isLessThan: 0, then: -1, else: S.select(0, isLessThan: x, then: 1, else: y))
  }
}

/// max(x, 0): relu′ = 1 for x > 0, else 0; NaN at NaN.
public struct RectifiedLinear: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "relu" }

  /// max(x, 0).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.relu(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // Where x is not positive, y itself is the slope: 0 (with slope 0), or NaN at NaN.
    S.select(0, isLessThan: x, then: 1, else: y)
  }
}

/// x for x > 0, else a x: slopes 1 and 0, else a and x; at 0 those of the left; NaN at NaN.
public struct LeakyRectifiedLinear: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "leaky-relu" }

  /// x for x > 0, else a x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ a: S) -> S { S.leakyRelu(x, negativeSlope: a) }

  /// (1, 0) for x > 0, else (a, x).
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ a: S, value y: S) -> (S, S) {
    let left = S.select(x, isLessThan: S(Double.leastNonzeroMagnitude), then: a, else: y)
    return (S.select(0, isLessThan: x, then: 1, else: left), S.select(0, isLessThan: x, then: 0, else: x))
  }
}

/// 1 / (1 + exp(-x)): σ′ = e/(1 + e)² with e = exp(-|x|).
///
/// σ(x)(1 - σ(x)) would round to 0 from x = 37 on. Where a second derivative is wanted, 1 / (2 cosh(x/2))² serves around 0,
/// because the derivative of e/(1 + e)² cancels there.
public struct LogisticSigmoid: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "sigmoid" }

  /// 1 / (1 + exp(-x)).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.sigmoid(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    let e = S.exp(-S.abs(x))
    let d = 1 + e
    let tail = e / (d * d)
    if !S.carriesDerivatives { return tail }
    let c = 0.5 / S.cosh(0.5 * x)
    return S.select(S.abs(x), isLessThan: 1, then: c * c, else: tail)
  }
}

/// log(1 + exp x): softplus′ = σ.
public struct SoftPlus: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "softplus" }

  /// log(1 + exp x).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.softplus(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.sigmoid(x)
  }
}
