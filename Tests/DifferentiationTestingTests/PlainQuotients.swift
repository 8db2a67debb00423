// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A third party's method: central quotients with a fixed relative step, and what it claims about them.
struct PlainQuotients: DifferenceDifferentiator {
  var claims: DifferentiatorTraits.Accuracy = .truncated(order: 2)
  var reportsEstimates = false

  var name: String { "plain-quotients" }

  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .differences, accuracy: claims, takesBlackBoxes: true, estimatesError: reportsEstimates,
      ruleFamily: "quotients")
  }

  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let h = step(x, power: 3)
    let (left, right) = (x - h, x + h)
    let (low, high) = (try f(left), try f(right))
    let derivative = (high - low) / (right - left)
    guard reportsEstimates else { return DerivativeEstimate(derivative: derivative, error: nil) }
    // Twice the step shows four times the truncation error; cancellation leaves an ulp of the values over the step.
    let wide = (try f(x + 2 * h) - f(x - 2 * h)) / ((x + 2 * h) - (x - 2 * h))
    let roundoff = 4 * Double.ulpOfOne * max(low.magnitude, high.magnitude) / h
    return DerivativeEstimate(derivative: derivative, error: (wide - derivative).magnitude + roundoff)
  }

  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let h = step(x, power: 4)
    let value = try (f(x + h) - 2 * f(x) + f(x - h)) / (h * h)
    guard reportsEstimates else { return DerivativeEstimate(derivative: value, error: nil) }
    let wide = try (f(x + 2 * h) - 2 * f(x) + f(x - 2 * h)) / (4 * h * h)
    let roundoff = try 16 * Double.ulpOfOne * (f(x + h).magnitude + f(x).magnitude) / (h * h)
    return DerivativeEstimate(derivative: value, error: (wide - value).magnitude + roundoff)
  }

  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    func mixed(_ h: Double, _ k: Double) throws -> Double {
      try (f(x + h, y + k) - f(x + h, y - k) - f(x - h, y + k) + f(x - h, y - k)) / (4 * h * k)
    }
    let (h, k) = (step(x, power: 4), step(y, power: 4))
    let value = try mixed(h, k)
    guard reportsEstimates else { return DerivativeEstimate(derivative: value, error: nil) }
    let largest = try max(f(x + h, y + k).magnitude, f(x - h, y - k).magnitude, f(x + h, y - k).magnitude)
    let error = try (mixed(2 * h, 2 * k) - value).magnitude + 8 * Double.ulpOfOne * largest / (h * k)
    return DerivativeEstimate(derivative: value, error: error)
  }

  /// A power of two near ε^(1/power) |x|, so that x ± h and the quotient lose little.
  private func step(_ x: Double, power: Double) -> Double {
    let h = Double.pow(.ulpOfOne, 1 / power) * (x == 0 || !x.isFinite ? 1 : x.magnitude)
    return h.binade
  }
}
