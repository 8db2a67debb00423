// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// Central differences over five points, with truncation of fourth order.
public struct FivePointDifferentiator: DifferenceDifferentiator {
  /// The step, relative to |x| (at 0 to 1).
  public let step: Double

  /// The name; options that differ from their defaults belong to it.
  public let name: String

  /// Black boxes are welcome: only values are asked for.
  public let traits = DifferentiatorTraits(
    mode: .differences, accuracy: .truncated(order: 4), takesBlackBoxes: true, estimatesError: true,
    ruleFamily: "differences")

  /// f′(x), from quotients over h and over 2 h.
  public func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let h = powerOfTwo(step, at: x)
    let (right, left) = (try f(x + h), try f(x - h))
    let near = (right - left) / (2 * h)
    let far = try (f(x + 2 * h) - f(x - 2 * h)) / (4 * h)
    return extrapolate(near, far, noise: (right.magnitude + left.magnitude) / h)
  }

  /// f″(x), from second quotients over h and over 2 h.
  public func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let h = powerOfTwo(.pow(step, 5.0 / 6), at: x)
    let middle = try f(x)
    func quotient(_ h: Double) throws -> Double { try (f(x + h) - middle + (f(x - h) - middle)) / (h * h) }
    return extrapolate(try quotient(h), try quotient(2 * h), noise: 4 * middle.magnitude / (h * h))
  }

  /// ∂²f/∂s∂t, from the four corners of a rectangle and of one twice as large.
  public func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    let (h, k) = (powerOfTwo(.pow(step, 5.0 / 6), at: x), powerOfTwo(.pow(step, 5.0 / 6), at: y))
    func quotient(_ h: Double, _ k: Double) throws -> Double {
      try (f(x + h, y + k) - f(x + h, y - k) - (f(x - h, y + k) - f(x - h, y - k))) / (4 * h * k)
    }
    let noise = try f(x, y).magnitude / (h * k)
    return extrapolate(try quotient(h, k), try quotient(2 * h, 2 * k), noise: noise)
  }

  /// A power of two: x ± h lose little, and the quotients divide exactly.
  private func powerOfTwo(_ relative: Double, at x: Double) -> Double {
    (relative * (x == 0 || !x.isFinite ? 1 : x.magnitude)).binade
  }

  /// The error of order h² cancels; what it was bounds the one of order h⁴ that is left.
  private func extrapolate(_ near: Double, _ far: Double, noise: Double) -> DerivativeEstimate {
    let derivative = (4 * near - far) / 3
    return DerivativeEstimate(derivative: derivative, error: (derivative - near).magnitude + 2 * .ulpOfOne * noise)
  }

  /// The registry's entry: five-point, five-point:step=1e-4.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry(
      "five-point", summary: "central differences over five points",
      options: [.number("step", default: 1e-3, in: 1e-12...1, "the step, relative to |x| (at 0 to 1)")]
    ) { options in
      FivePointDifferentiator(step: try options.number("step"), name: options.specification)
    }
  }
}
