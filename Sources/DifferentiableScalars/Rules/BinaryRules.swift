// SPDX-License-Identifier: Apache-2.0

import RealModule

/// x y: slopes y and x.
public struct Multiplication: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "*" }

  /// x y.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { x * y }

  /// (y, x).
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) { (y, x) }
}

/// x / y: slopes 1/y and -(x/y)/y.
public struct Division: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "/" }

  /// x / y.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { x / y }

  /// (1/y, -(x/y)/y).
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) { (1 / y, -(z / y)) }
}

/// atan2(y, x): slopes x/r² and -y/r² with r = hypot(x, y); NaN at the origin, where the angle jumps.
///
/// Divided by r twice, so that r² cannot overflow.
public struct ArcTangentOfQuotient: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "atan2" }

  /// The angle of the point (x, y); the first argument is y.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ y: S, _ x: S) -> S { S.atan2(y: y, x: x) }

  /// (x/r², -y/r²).
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ y: S, _ x: S, value z: S) -> (S, S) {
    let r = S.hypot(x, y)
    // A NaN whose own derivative is NaN too.
    let atOrigin = S(Double.nan) * x + S(Double.nan) * y
    return (
      S.select(0, isLessThan: r, then: Hypotenuse().cosine(x, y, r) / r, else: atOrigin),
      S.select(0, isLessThan: r, then: -(Hypotenuse().cosine(y, x, r) / r), else: atOrigin)
    )
  }
}

/// √(x² + y²): slopes x/r and y/r; 0 at the origin, the middle of the slopes around it.
///
/// Where a second derivative is wanted, the slope by the larger argument is written sign(x)/hypot(1, y/x): the
/// derivative of x/r is y²/r³, and 1/r - x²/r³ would lose the digits of a small y.
public struct Hypotenuse: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "hypot" }

  /// √(x² + y²).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.hypot(x, y) }

  /// (x/r, y/r), and (0, 0) at the origin.
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value r: S) -> (S, S) {
    // r² is 0 with slope 0 at the origin, and NaN stays NaN.
    let atOrigin = r * r
    return (
      S.select(0, isLessThan: r, then: cosine(x, y, r), else: atOrigin),
      S.select(0, isLessThan: r, then: cosine(y, x, r), else: atOrigin)
    )
  }

  /// x/r, also where r overflows, and with a derivative that does not cancel.
  @inlinable @inline(__always)
  func cosine<S: DifferentiableScalar>(_ x: S, _ y: S, _ r: S) -> S {
    if !S.carriesDerivatives { return S.select(r, isLessThan: S(Double.infinity), then: x / r, else: far(x, y, r)) }
    return far(x, y, r)
  }

  @inlinable @inline(__always)
  func far<S: DifferentiableScalar>(_ x: S, _ y: S, _ r: S) -> S {
    let steep = S.select(x, isLessThan: 0, then: -1, else: 1) / S.hypot(1, y / x)
    return S.select(S.abs(y), isLessThan: S.abs(x), then: steep, else: x / r)
  }
}

/// min(x, y): the smaller argument has slope 1; a tie gives ½ to each; NaN at NaN.
public struct Minimum: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "min" }

  /// The smaller argument.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.min(x, y) }

  /// 1 for the smaller, 0 for the larger, ½ each in a tie.
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) {
    let first = S.select(x, isLessThan: y, then: 1, else: S.select(y, isLessThan: x, then: 0, else: tie(z)))
    return (first, 1 - first)
  }
}

/// max(x, y): the larger argument has slope 1; a tie gives ½ to each; NaN at NaN.
public struct Maximum: BinaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "max" }

  /// The larger argument.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.max(x, y) }

  /// 1 for the larger, 0 for the smaller, ½ each in a tie.
  @inlinable @inline(__always)
  public func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S) {
    let first = S.select(y, isLessThan: x, then: 1, else: S.select(x, isLessThan: y, then: 0, else: tie(z)))
    return (first, 1 - first)
  }
}

/// ½, the slope of either argument of `min` and `max` in a tie; where neither comparison held because of a NaN, that.
@inlinable @inline(__always)
func tie<S: DifferentiableScalar>(_ z: S) -> S {
  // A tie may be at ±∞, so only both comparisons together exclude NaN.
  S.select(
    z, isLessThan: S(Double.infinity), then: 0.5,
    else: S.select(S(-Double.infinity), isLessThan: z, then: 0.5, else: z))
}
