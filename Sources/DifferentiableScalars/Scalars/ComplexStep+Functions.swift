// SPDX-License-Identifier: Apache-2.0
//
// Most elementary functions come from ComplexModule. Written out here are those whose complex form, as published,
// loses the tiny imaginary part or the real domain: a product of real functions of the real part, from the addition
// theorems, with sin(s) = s, cos(s) = 1 for |s| ≤ 10⁻⁸⁰ or so.

import ComplexModule
import RealModule

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// The functions are documented in `DifferentiableScalar` and `ElementaryFunctions`.
extension ComplexStep {
  public static func exp(_ x: Self) -> Self { analytic(x, .exp(x.real)) { .exp($0) } }
  public static func expMinusOne(_ x: Self) -> Self { analytic(x, .expMinusOne(x.real)) { .expMinusOne($0) } }
  public static func log(_ x: Self) -> Self { analytic(x, .log(x.real)) { .log($0) } }
  public static func log(onePlus x: Self) -> Self { analytic(x, .log(onePlus: x.real)) { .log(onePlus: $0) } }
  public static func sin(_ x: Self) -> Self { analytic(x, .sin(x.real)) { .sin($0) } }
  public static func cos(_ x: Self) -> Self { analytic(x, .cos(x.real)) { .cos($0) } }
  public static func tan(_ x: Self) -> Self { analytic(x, .tan(x.real)) { .tan($0) } }
  public static func sinh(_ x: Self) -> Self { analytic(x, .sinh(x.real)) { .sinh($0) } }
  public static func cosh(_ x: Self) -> Self { analytic(x, .cosh(x.real)) { .cosh($0) } }
  public static func tanh(_ x: Self) -> Self { analytic(x, .tanh(x.real)) { .tanh($0) } }
  public static func asin(_ x: Self) -> Self { analytic(x, .asin(x.real)) { .asin($0) } }
  public static func acos(_ x: Self) -> Self { analytic(x, .acos(x.real)) { .acos($0) } }
  public static func atan(_ x: Self) -> Self { analytic(x, .atan(x.real)) { .atan($0) } }
  public static func asinh(_ x: Self) -> Self { analytic(x, .asinh(x.real)) { .asinh($0) } }
  public static func acosh(_ x: Self) -> Self { analytic(x, .acosh(x.real)) { .acosh($0) } }
  public static func atanh(_ x: Self) -> Self { analytic(x, .atanh(x.real)) { .atanh($0) } }
  public static func sqrt(_ x: Self) -> Self { analytic(x, .sqrt(x.real)) { .sqrt($0) } }

  public static func pow(_ x: Self, _ n: Int) -> Self {
    analytic(x, .pow(x.real, n)) { .pow($0, n) }
  }

  public static func root(_ x: Self, _ n: Int) -> Self {
    // The principal complex root of a negative number is not the real one: take it of |x| and restore the sign.
    if x.real < 0, n & 1 == 1 { return -root(-x, n) }
    return analytic(x, .root(x.real, n)) { .root($0, n) }
  }

  public static func pow(_ x: Self, _ y: Self) -> Self {
    let value = Double.pow(x.real, y.real)
    if x.imaginary == 0, y.imaginary == 0 { return Self(value) }
    if x.real == 0 || value.isNaN || !value.isFinite {
      // The complex logarithm of 0 is infinite; the one-sided real limits are known.
      let dx = Double.chainProduct(y.real, .pow(x.real, y.real - 1))
      let dy = Double.chainProduct(value, .log(x.real))
      return Self(
        value, imaginary: Double.chainProduct(dx, x.imaginary) + Double.chainProduct(dy, y.imaginary))
    }
    return Self(value, imaginary: Complex.pow(x.complex, y.complex).imaginary)
  }

  public static func atan2(y: Self, x: Self) -> Self {
    let r = Double.hypot(x.real, y.real)
    return Self(
      .atan2(y: y.real, x: x.real),
      imaginary: Double.chainProduct(x.real / r / r, y.imaginary)
        - Double.chainProduct(y.real / r / r, x.imaginary))
  }

  public static func hypot(_ x: Self, _ y: Self) -> Self {
    let r = Double.hypot(x.real, y.real)
    if r == 0 { return Self(0) }
    return Self(
      r,
      imaginary: Double.chainProduct(x.real / r, x.imaginary) + Double.chainProduct(y.real / r, y.imaginary))
  }

  public static func erf(_ x: Self) -> Self {
    linear(.erf(x.real), 1.1283791670955126 * .exp(-x.real * x.real), x)
  }

  public static func abs(_ x: Self) -> Self { x.real < 0 ? -x : (x.real == 0 ? Self(0) : x) }
  public static func min(_ x: Self, _ y: Self) -> Self { x < y ? x : (y < x ? y : tie(x, y)) }
  public static func max(_ x: Self, _ y: Self) -> Self { x < y ? y : (y < x ? x : tie(x, y)) }
  private static func tie(_ x: Self, _ y: Self) -> Self {
    Self(x.real == y.real ? x.real : x.real + y.real, imaginary: (x.imaginary + y.imaginary) / 2)
  }

  public static func relu(_ x: Self) -> Self { x.real <= 0 ? Self(0) : x }
  public static func sigmoid(_ x: Self) -> Self {
    let e = exp(x.real < 0 ? x : -x)
    return (x.real < 0 ? e : 1) / (1 + e)
  }
  public static func softplus(_ x: Self) -> Self {
    x.real < 0 ? log(onePlus: exp(x)) : x + log(onePlus: exp(-x))
  }
  public static func chainProduct(_ x: Self, _ y: Self) -> Self {
    Self(
      Double.chainProduct(x.real, y.real),
      imaginary: Double.chainProduct(x.real, y.imaginary) + Double.chainProduct(y.real, x.imaginary))
  }
}
