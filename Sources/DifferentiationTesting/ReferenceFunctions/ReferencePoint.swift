// SPDX-License-Identifier: Apache-2.0

/// A point with the exact value and the first two derivatives of a function there.
///
/// In the generated text a point is four lines: x with the three roundings, then f(x), f′(x) and f″(x), each as 40
/// digits and the remainder.
public struct ReferencePoint: Sendable {
  /// The argument, exactly.
  public let x: Double
  /// f(x).
  public let value: ReferenceNumber
  /// f′(x).
  public let first: ReferenceNumber
  /// f″(x).
  public let second: ReferenceNumber

  /// The number of one order: 0 for the value, 1 and 2 for the derivatives.
  public func number(order: Int) -> ReferenceNumber { order == 0 ? value : (order == 1 ? first : second) }

  static func parse(_ text: String) -> [ReferencePoint] {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    precondition(lines.count % 4 == 0, "a reference point has four lines")
    return stride(from: 0, to: lines.count, by: 4).map { i in
      let roundings = lines[i].dropFirst().map(double)
      let numbers = (0..<3).map { order in
        ReferenceNumber(
          digits: String(lines[i + 1 + order][0]), remainder: double(lines[i + 1 + order][1]),
          rounding: roundings[order])
      }
      return ReferencePoint(x: double(lines[i][0]), value: numbers[0], first: numbers[1], second: numbers[2])
    }
  }
}

/// A number to 40 digits, with what a computation in `Double` may be expected to know of it.
public struct ReferenceNumber: Sendable {
  /// 40 significant digits, trailing zeros dropped.
  public let digits: String

  /// The nearest `Double`.
  public let nearest: Double

  /// The number less the nearest `Double`.
  public let remainder: Double

  /// How far off a sound evaluation in `Double` may be, absolutely: the largest deviation over 16 runs in which every
  /// operation of the formula, its derivatives included, is off by a random relative error of up to 2⁻⁵³.
  public let rounding: Double

  init(digits: String, remainder: Double, rounding: Double) {
    self.digits = digits
    nearest = double(digits)
    self.remainder = remainder
    self.rounding = rounding
  }

  /// One unit of the conditioned result: half an ulp, or the rounding that the formula makes unavoidable if that is more.
  public var unit: Double { max(nearest.ulp / 2, rounding, .leastNonzeroMagnitude) }

  /// |computed - exact|, to about 32 digits of the exact number; NaN and ∞ stay what they are.
  public func error(of computed: Double) -> Double { (computed - nearest - remainder).magnitude }
}

/// A number of a generated table; the generator writes no other.
private func double(_ text: some StringProtocol) -> Double {
  guard let number = Double(text) else { preconditionFailure("'\(text)' in a reference table is no number") }
  return number
}
