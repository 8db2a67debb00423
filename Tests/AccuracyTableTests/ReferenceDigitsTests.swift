// SPDX-License-Identifier: Apache-2.0

import DifferentiationTesting
import Testing

/// The unevaluated sum of two numbers: about 32 digits.
private struct DoubleDouble {
  var high: Double
  var low: Double

  /// a + b exactly, for any two numbers.
  static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let high = a + b
    let part = high - a
    return DoubleDouble(high: high, low: (a - (high - part)) + (b - part))
  }

  static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
    let s = sum(a.high, b)
    return sum(s.high, s.low + a.low)
  }

  static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let high = a.high * b
    return sum(high, (-high).addingProduct(a.high, b) + a.low * b)
  }

  static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
    let high = a.high / b
    let rest = a.high.addingProduct(-high, b) + a.low
    return sum(high, rest / b)
  }

  /// A decimal number: its digits as a whole number, then as many tens as the exponent says.
  init?(decimal text: String) {
    let parts = text.split(separator: "e")
    guard let mantissa = parts.first, parts.count <= 2 else { return nil }
    var exponent = 0
    if parts.count == 2 {
      guard let written = Int(parts[1]) else { return nil }
      exponent = written
    }
    self.init(high: 0, low: 0)
    var fraction = false
    for character in mantissa where character != "-" {
      if character == "." {
        fraction = true
        continue
      }
      guard let digit = character.wholeNumberValue else { return nil }
      self = self * 10 + Double(digit)
      if fraction { exponent -= 1 }
    }
    for _ in 0..<exponent.magnitude { self = exponent < 0 ? self / 10 : self * 10 }
    if mantissa.hasPrefix("-") { self = DoubleDouble(high: -high, low: -low) }
  }

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }
}

@Suite("The reference numbers, nearest and remainder, are their 40 digits")
struct ReferenceDigitsTests {
  @Test("to 28 digits", arguments: ReferenceFunctions.all)
  func digits(function: ReferenceFunction) throws {
    for point in function.points {
      for order in 0...2 {
        let number = point.number(order: order)
        let exact = try #require(DoubleDouble(decimal: number.digits), "\(number.digits)")
        // Below 10⁻²⁷⁰ the remainder of a division is no longer exact.
        guard exact.high == 0 || exact.high.magnitude > 1e-270 else {
          #expect((exact.high - number.nearest).magnitude <= 2 * number.nearest.ulp)
          continue
        }
        let difference = (exact.high - number.nearest) + (exact.low - number.remainder)
        // 2⁻¹⁰⁴ a step, for 40 digits and up to 310 tens.
        #expect(
          difference.magnitude <= 350 * 0x1p-104 * exact.high.magnitude, "\(function.id) at \(point.x), f\(order)")
        #expect(number.remainder.magnitude <= number.nearest.ulp / 2)
      }
    }
  }

  @Test("a result that is rounded correctly has the error of that rounding, and its neighbour an ulp more or less")
  func correctlyRounded() throws {
    for function in ReferenceFunctions.all {
      for point in function.points where point.first.nearest.isNormal {
        let exact = point.first
        #expect(exact.error(of: exact.nearest) == exact.remainder.magnitude)
        let above = exact.error(of: exact.nearest.nextUp)
        #expect(above >= exact.nearest.nextUp.ulp / 4 && above >= exact.error(of: exact.nearest))
      }
    }
  }
}
