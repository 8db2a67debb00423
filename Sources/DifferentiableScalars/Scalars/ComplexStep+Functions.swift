// SPDX-License-Identifier: Apache-2.0
//
// ComplexModule's functions where they keep the tiny imaginary part; `ComplexStep+Roots.swift` has those singular at 0.
// Four do not keep it (swift-numerics 1.1): atan drops it, sinh and cosh have its sign wrong below -37, tanh loses its
// digits from |x| = 3 on and drops it at 20. Those, and exp, which ComplexModule gives no derivative at -∞, are written by
// their addition theorems with sin s = s and cos s = 1.
//
// At an edge of the real domain (asin at ±1, acosh at 1, log1p at -1, atanh at ±1) the complex function has a branch
// point and answers with √h or π/4: a finite number that is no derivative. There the imaginary part is h · (±∞), the
// one-sided slope.

import ComplexModule
import RealModule

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// The functions are documented in `DifferentiableScalar` and `ElementaryFunctions`.
extension ComplexStep {
  /// exp(r + is) = exp r (cos s + i sin s).
  public static func exp(_ x: Self) -> Self { linear(.exp(x.real), .exp(x.real), x) }
  public static func expMinusOne(_ x: Self) -> Self { linear(.expMinusOne(x.real), .exp(x.real), x) }
  public static func sin(_ x: Self) -> Self { analytic(x, .sin(x.real)) { .sin($0) } }
  public static func cos(_ x: Self) -> Self { analytic(x, .cos(x.real)) { .cos($0) } }
  public static func tan(_ x: Self) -> Self { analytic(x, .tan(x.real)) { .tan($0) } }
  public static func asinh(_ x: Self) -> Self { analytic(x, .asinh(x.real)) { .asinh($0) } }

  /// sinh(r + is) = sinh r cos s + i cosh r sin s.
  public static func sinh(_ x: Self) -> Self { linear(.sinh(x.real), .cosh(x.real), x) }
  /// cosh(r + is) = cosh r cos s + i sinh r sin s.
  public static func cosh(_ x: Self) -> Self { linear(.cosh(x.real), .sinh(x.real), x) }
  /// tanh(r + is) = (sinh 2r + i sin 2s) / (cosh 2r + cos 2s).
  public static func tanh(_ x: Self) -> Self { linear(.tanh(x.real), 2 / (.cosh(2 * x.real) + 1), x) }
  /// The imaginary part of atan(r + is) is ½ atanh(2s / (1 + r² + s²)).
  public static func atan(_ x: Self) -> Self { linear(.atan(x.real), 1 / (1 + x.real * x.real), x) }

  public static func log(onePlus x: Self) -> Self {
    let y = Double.log(onePlus: x.real)
    return x.real == -1 ? linear(y, .infinity, x) : analytic(x, y) { .log(onePlus: $0) }
  }
  public static func asin(_ x: Self) -> Self {
    let y = Double.asin(x.real)
    return x.real.magnitude == 1 ? linear(y, .infinity, x) : analytic(x, y) { .asin($0) }
  }
  public static func acos(_ x: Self) -> Self {
    let y = Double.acos(x.real)
    return x.real.magnitude == 1 ? linear(y, -.infinity, x) : analytic(x, y) { .acos($0) }
  }
  public static func acosh(_ x: Self) -> Self {
    let y = Double.acosh(x.real)
    return x.real == 1 ? linear(y, .infinity, x) : analytic(x, y) { .acosh($0) }
  }
  public static func atanh(_ x: Self) -> Self {
    let y = Double.atanh(x.real)
    return x.real.magnitude == 1 ? linear(y, .infinity, x) : analytic(x, y) { .atanh($0) }
  }

  public static func sigmoid(_ x: Self) -> Self {
    let e = exp(x.real < 0 ? x : -x)
    return (x.real < 0 ? e : 1) / (1 + e)
  }
  public static func softplus(_ x: Self) -> Self {
    x.real < 0 ? log(onePlus: exp(x)) : x + log(onePlus: exp(-x))
  }
}
