// SPDX-License-Identifier: Apache-2.0
//
// Functions that are not analytic, or have no complex form at hand: continued to first order in the imaginary part,
// by the slopes that `docs/numerics.md` decides.

import RealModule

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// The functions are documented in `DifferentiableScalar`.
extension ComplexStep {
  public static func atan2(y: Self, x: Self) -> Self {
    let r = Double.hypot(x.real, y.real)
    return Self(
      .atan2(y: y.real, x: x.real),
      imaginary: Double.chainProduct(cosine(x.real, y.real, r) / r, y.imaginary)
        - Double.chainProduct(cosine(y.real, x.real, r) / r, x.imaginary))
  }

  public static func hypot(_ x: Self, _ y: Self) -> Self {
    let r = Double.hypot(x.real, y.real)
    if r == 0 { return Self(0) }
    return Self(
      r,
      imaginary: Double.chainProduct(cosine(x.real, y.real, r), x.imaginary)
        + Double.chainProduct(cosine(y.real, x.real, r), y.imaginary))
  }

  /// a/r, also where r = hypot(a, b) has overflowed.
  private static func cosine(_ a: Double, _ b: Double, _ r: Double) -> Double {
    if r.isFinite || r.isNaN { return a / r }
    if a.isFinite, b.isFinite { return (a / 4) / .hypot(a / 4, b / 4) }
    if a.isFinite { return b.isInfinite ? 0 : .nan }
    return b.isFinite ? Double(signOf: a, magnitudeOf: 1) : .nan
  }

  /// The series of exp(-x²) is entire, but 2/√π ∫ exp(-t²) has no form in ComplexModule.
  public static func erf(_ x: Self) -> Self {
    // x² = h + l exactly, and exp(-x²) = exp(-h) (1 - l) to first order in l.
    let h = x.real * x.real
    let l = h.isFinite ? (-h).addingProduct(x.real, x.real) : 0
    return linear(.erf(x.real), 1.1283791670955126 * .exp(-h) * (1 - l), x)
  }

  public static func abs(_ x: Self) -> Self {
    Self(x.real.magnitude, imaginary: x.real < 0 ? -x.imaginary : (x.real > 0 ? x.imaginary : 0 * x.real))
  }

  public static func min(_ x: Self, _ y: Self) -> Self { x < y ? x : (y < x ? y : tie(.min(x.real, y.real), x, y)) }
  public static func max(_ x: Self, _ y: Self) -> Self { y < x ? x : (x < y ? y : tie(.max(x.real, y.real), x, y)) }
  private static func tie(_ value: Double, _ x: Self, _ y: Self) -> Self {
    Self(value, imaginary: value.isNaN ? value : (x.imaginary + y.imaginary) / 2)
  }

  public static func relu(_ x: Self) -> Self { x.real > 0 ? x : Self(.relu(x.real), imaginary: .relu(x.real)) }

  public static func leakyRelu(_ x: Self, negativeSlope a: Self) -> Self {
    if x.real > 0 { return x }
    return x.real <= 0 ? a * x : Self(.nan, imaginary: .nan)
  }

  public static func chainProduct(_ x: Self, _ y: Self) -> Self {
    Self(
      Double.chainProduct(x.real, y.real),
      imaginary: Double.chainProduct(x.real, y.imaginary) + Double.chainProduct(y.real, x.imaginary))
  }
}
