// SPDX-License-Identifier: Apache-2.0

import RealModule

// The plain number: every other scalar's values are these.
extension Double: DifferentiableScalar {
  /// It does not.
  @inlinable @inline(__always) public static var carriesDerivatives: Bool { false }

  /// The number itself.
  @inlinable @inline(__always) public var primal: Double { self }

  /// The number itself: it has no derivative to drop.
  @inlinable @inline(__always) public var detached: Double { self }

  /// |x|.
  @inlinable @inline(__always) public static func abs(_ x: Double) -> Double { x.magnitude }

  /// The smaller number; NaN if either is.
  @inlinable
  public static func min(_ x: Double, _ y: Double) -> Double { x < y ? x : (y <= x ? y : x + y) }

  /// The larger number; NaN if either is.
  @inlinable
  public static func max(_ x: Double, _ y: Double) -> Double { x < y ? y : (y <= x ? x : x + y) }

  /// max(x, 0); NaN stays NaN.
  @inlinable @inline(__always)
  public static func relu(_ x: Double) -> Double { x <= 0 ? 0 : x }

  /// x for x > 0, else a x; NaN stays NaN.
  @inlinable @inline(__always)
  public static func leakyRelu(_ x: Double, negativeSlope a: Double) -> Double { x > 0 ? x : a * x }

  /// 1 / (1 + exp(-x)) from exp(-|x|), which cannot overflow.
  @inlinable
  public static func sigmoid(_ x: Double) -> Double {
    let e = exp(-x.magnitude)
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).
  @inlinable
  public static func softplus(_ x: Double) -> Double {
    (x < 0 ? 0 : x) + log(onePlus: exp(-x.magnitude))
  }

  /// slope · tangent, with 0 · ∞ = 0.
  @inlinable @inline(__always)
  public static func chainProduct(_ slope: Double, _ tangent: Double) -> Double {
    let product = slope * tangent
    if _fastPath(product == product) { return product }
    return strongZero(slope, tangent)
  }

  /// The rare case, out of line: inlined, it becomes a chain of masks that every product waits for.
  @usableFromInline @inline(never)
  static func strongZero(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
}
