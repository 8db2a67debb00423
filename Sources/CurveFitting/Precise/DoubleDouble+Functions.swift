// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

extension DoubleDouble {
  private static let logTwo = DoubleDouble(high: 0.6931471805599453, low: 2.3190468138462996e-17)

  /// e to the x: reduced by ln 2 and 2⁻⁹, ten terms of the series, squared back.
  static func exp(_ x: Self) -> Self {
    let plain = Double.exp(x.high)
    guard plain.isFinite, plain > 1e-290 else { return DoubleDouble(plain) }
    let power = (x.high / logTwo.high).rounded()
    let r = (x - logTwo * DoubleDouble(power)) * DoubleDouble(0x1p-9)
    // exp(r) - 1, so that squaring keeps the digits: (1 + s)² - 1 = 2s + s².
    var s: DoubleDouble = 0
    for n in (1...10).reversed() { s = r * (1 + s) / DoubleDouble(Double(n)) }
    for _ in 0..<9 { s = s + s + s * s }
    return (1 + s) * DoubleDouble(Double(sign: .plus, exponent: Int(power), significand: 1))
  }

  static func expMinusOne(_ x: Self) -> Self { x.high.magnitude > 1e-3 ? exp(x) - 1 : first(x) { .expMinusOne($0) } }

  /// The logarithm by one Newton step on the exponential.
  static func log(_ x: Self) -> Self {
    let plain = Double.log(x.high)
    guard plain.isFinite else { return DoubleDouble(plain) }
    return DoubleDouble(plain) + x * exp(DoubleDouble(-plain)) - 1
  }
  static func log(onePlus x: Self) -> Self { x.high.magnitude > 1e-3 ? log(1 + x) : first(x) { .log(onePlus: $0) } }

  static func sqrt(_ x: Self) -> Self {
    let plain = x.high.squareRoot()
    guard plain > 0, plain.isFinite else { return DoubleDouble(plain) }
    let root = DoubleDouble(plain)
    return root + (x - root * root) / DoubleDouble(2 * plain)
  }

  static func pow(_ x: Self, _ n: Int) -> Self {
    var (result, base, rest) = (DoubleDouble(1.0), n < 0 ? 1 / x : x, n.magnitude)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      base *= base
      rest >>= 1
    }
    return result
  }
  static func pow(_ x: Self, _ y: Self) -> Self {
    if y.low == 0, y.high == y.high.rounded(), y.high.magnitude < 64 { return pow(x, Int(y.high)) }
    return x.high > 0 ? exp(y * log(x)) : DoubleDouble(Double.pow(x.high, y.high))
  }
  static func root(_ x: Self, _ n: Int) -> Self { first(x) { .root($0, n) } }

  // To a double, with the first-order correction.
  static func cosh(_ x: Self) -> Self { (exp(x) + exp(-x)) * 0.5 }
  static func sinh(_ x: Self) -> Self { first(x) { .sinh($0) } }
  static func tanh(_ x: Self) -> Self { first(x) { .tanh($0) } }
  static func cos(_ x: Self) -> Self { first(x) { .cos($0) } }
  static func sin(_ x: Self) -> Self { first(x) { .sin($0) } }
  static func tan(_ x: Self) -> Self { first(x) { .tan($0) } }
  static func acosh(_ x: Self) -> Self { first(x) { .acosh($0) } }
  static func asinh(_ x: Self) -> Self { first(x) { .asinh($0) } }
  static func atanh(_ x: Self) -> Self { first(x) { .atanh($0) } }
  static func acos(_ x: Self) -> Self { first(x) { .acos($0) } }
  static func asin(_ x: Self) -> Self { first(x) { .asin($0) } }
  static func atan(_ x: Self) -> Self { first(x) { .atan($0) } }
  static func erf(_ x: Self) -> Self { first(x) { .erf($0) } }
  static func softplus(_ x: Self) -> Self { first(x) { .softplus($0) } }
  static func atan2(y: Self, x: Self) -> Self { first(y, x) { .atan2(y: $0, x: $1) } }
  static func hypot(_ x: Self, _ y: Self) -> Self {
    let plain = Double.hypot(x.high, y.high)
    return plain > 1e-140 && plain < 1e140 ? sqrt(x * x + y * y) : DoubleDouble(plain)
  }
  static func sigmoid(_ x: Self) -> Self { x.high > -600 ? 1 / (1 + exp(-x)) : first(x) { .sigmoid($0) } }

  static func abs(_ x: Self) -> Self { x.high < 0 ? -x : x }
  static func min(_ x: Self, _ y: Self) -> Self { x < y ? x : (y <= x ? y : x + y) }
  static func max(_ x: Self, _ y: Self) -> Self { x < y ? y : (y <= x ? x : x + y) }
  static func relu(_ x: Self) -> Self { x <= 0 ? 0 : x }
  static func chainProduct(_ x: Self, _ y: Self) -> Self { x.high == 0 || y.high == 0 ? 0 : x * y }

  private static func first(_ x: Self, _ f: (Dual<Double>) -> Dual<Double>) -> Self {
    let y = f(Dual(x.high, tangent: x.low))
    return y.tangent.isFinite ? DoubleDouble(sum: y.value, y.tangent) : DoubleDouble(y.value)
  }

  private static func first(_ x: Self, _ z: Self, _ f: (Dual<Double>, Dual<Double>) -> Dual<Double>) -> Self {
    let y = f(Dual(x.high, tangent: x.low), Dual(z.high, tangent: z.low))
    return y.tangent.isFinite ? DoubleDouble(sum: y.value, y.tangent) : DoubleDouble(y.value)
  }
}
