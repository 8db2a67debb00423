// SPDX-License-Identifier: Apache-2.0
//
// Powers, roots and logarithms, to first order in the imaginary part: with z = r (1 + i s/r), log z = log r + i s/r and
// z^w = exp(w log z). ComplexModule's own are not used because their singularity sits at 0, at the scale of the
// argument: for |x| near the step h itself they answer with the angle of (x, h), which is no derivative, and sqrt(0 + ih)
// is √h. Rejected: a step scaled to the argument, which a program of many steps cannot keep.

import RealModule

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// The functions are documented in `DifferentiableScalar` and `ElementaryFunctions`.
extension ComplexStep {
  /// The imaginary part of log z: s/r. Adding 0 turns -0 into 0.
  @inlinable var angle: Double { imaginary == 0 ? 0 : imaginary / (real + 0) }

  public static func log(_ x: Self) -> Self {
    let value = Double.log(x.real)
    return Self(value, imaginary: value.isNaN ? .nan : x.angle)
  }

  public static func sqrt(_ x: Self) -> Self {
    let value = Double.sqrt(x.real)
    return linear(value, 0.5 / (value + 0), x)
  }

  /// zⁿ by the product rule for small n, else as exp(n log z).
  public static func pow(_ x: Self, _ n: Int) -> Self {
    let value = Double.pow(x.real, n)
    if n == 0 { return Self(value) }
    if x.real == 0, n < 0 { return linear(value, Double(n) * .pow(x.real, n == .min ? n : n - 1), x) }
    if n.magnitude <= 16 {
      var product = x
      for _ in 1..<Int(n.magnitude) { product *= x }
      let power = n < 0 ? 1 / product : product
      return Self(value, imaginary: power.imaginary)
    }
    if x.real == 0 { return Self(value) }
    return Self(value, imaginary: Double.chainProduct(value, Double(n) * x.angle))
  }

  /// The real root; that of a negative number is negative.
  public static func root(_ x: Self, _ n: Int) -> Self {
    let value = Double.root(x.real, n)
    if n == 1 { return Self(value, imaginary: x.imaginary) }
    if n == 0 { return linear(value, .nan, x) }
    if x.real == 0 || x.real.isInfinite { return linear(value, 1 / (Double(n) * (x.real + 0)), x) }
    return Self(value, imaginary: Double.chainProduct(value, x.angle) / Double(n))
  }

  public static func pow(_ x: Self, _ y: Self) -> Self {
    let value = Double.pow(x.real, y.real)
    if x.real < 0 || (x.real == 0 && y.real == 0) { return Self(value, imaginary: value) }
    let byExponent = Double.chainProduct(Double.chainProduct(value, .log(x.real)), y.imaginary)
    // Where the angle is infinite or the value has left the normal numbers, xʸ⁻¹ stands for xʸ / x.
    guard x.real > 0, value.isNormal else {
      let power = y.real == 1 ? 1 : Double.pow(x.real, y.real - 1)
      return Self(
        value,
        imaginary: Double.chainProduct(Double.chainProduct(y.real, power), x.imaginary) + byExponent)
    }
    return Self(value, imaginary: Double.chainProduct(value, Double.chainProduct(y.real, x.angle)) + byExponent)
  }
}
