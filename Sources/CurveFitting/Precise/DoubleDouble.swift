// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// An unevaluated sum of two doubles, about 32 digits: for residuals that are the difference of nearly equal numbers.
///
/// Dekker 1971, doi:10.1007/BF01397083; Hida, Li & Bailey 2001, doi:10.1109/ARITH.2001.930115. A square root, the
/// exponential, the logarithm and powers have the full precision; other functions are good to a double with its
/// first-order correction.
struct DoubleDouble: DifferentiableScalar, Sendable {
  var high: Double
  var low: Double

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  init(_ constant: Double) {
    high = constant
    low = 0
  }

  /// The exact sum of two doubles.
  init(sum a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = (a - (high - part)) + (b - part)
    if !high.isFinite { low = 0 }
  }

  /// The exact product of two doubles.
  init(product a: Double, _ b: Double) {
    high = a * b
    low = high.isFinite ? (-high).addingProduct(a, b) : 0
  }

  static var carriesDerivatives: Bool { false }
  var primal: Double { high }
  var detached: DoubleDouble { self }
  var magnitude: DoubleDouble { Self.abs(self) }
  var reciprocal: DoubleDouble? { high == 0 ? nil : 1 / self }
  static var zero: DoubleDouble { DoubleDouble(0.0) }
  init(floatLiteral value: Double) { self.init(value) }
  init(integerLiteral value: Int) { self.init(Double(value)) }
  init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Double(exactly: source) else { return nil }
    self.init(value)
  }

  static func + (x: Self, y: Self) -> Self {
    let sum = DoubleDouble(sum: x.high, y.high)
    let tail = DoubleDouble(sum: x.low, y.low)
    let first = DoubleDouble(sum: sum.high, sum.low + tail.high)
    return DoubleDouble(sum: first.high, first.low + tail.low)
  }
  static prefix func - (x: Self) -> Self { DoubleDouble(high: -x.high, low: -x.low) }
  static prefix func + (x: Self) -> Self { x }
  static func - (x: Self, y: Self) -> Self { x + -y }
  static func * (x: Self, y: Self) -> Self {
    let product = DoubleDouble(product: x.high, y.high)
    return DoubleDouble(sum: product.high, product.low + (x.high * y.low + x.low * y.high))
  }
  static func / (x: Self, y: Self) -> Self {
    let first = x.high / y.high
    guard first.isFinite, y.high.isFinite else { return DoubleDouble(first) }
    var rest = x - y * DoubleDouble(first)
    let second = rest.high / y.high
    rest = rest - y * DoubleDouble(second)
    return DoubleDouble(sum: first, second) + DoubleDouble(rest.high / y.high)
  }
  static func += (x: inout Self, y: Self) { x = x + y }
  static func -= (x: inout Self, y: Self) { x = x - y }
  static func *= (x: inout Self, y: Self) { x = x * y }
  static func /= (x: inout Self, y: Self) { x = x / y }
  mutating func negate() { self = -self }
  static func == (x: Self, y: Self) -> Bool { x.high == y.high && x.low == y.low }
  static func < (x: Self, y: Self) -> Bool { x.high < y.high || (x.high == y.high && x.low < y.low) }
  static func <= (x: Self, y: Self) -> Bool { x < y || x == y }
  static func > (x: Self, y: Self) -> Bool { y < x }
  static func >= (x: Self, y: Self) -> Bool { y <= x }

  /// A decimal as people write it, to about 32 digits; nil where it is none.
  init?(decimal text: String) {
    guard let nearest = Double(text), nearest.isFinite else { return nil }
    var mantissa: DoubleDouble = 0
    var exponent = 0
    var isFraction = false
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    while let byte = rest.popFirst() {
      if byte >= 48, byte <= 57 {
        mantissa = mantissa * 10 + DoubleDouble(Double(byte - 48))
        if isFraction { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        guard byte | 32 == UInt8(ascii: "e"), let power = Int(Substring(rest)) else { return nil }
        exponent += power
        break
      }
    }
    guard exponent.magnitude < 200 else {
      self.init(nearest)
      return
    }
    let power = Self.pow(10, Int(exponent.magnitude))
    let value = exponent < 0 ? mantissa / power : mantissa * power
    self = isNegative ? -value : value
  }
}
