// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// One quotient with one step and no idea of its error, as in the teaching documents.
struct FixedQuotient: DifferenceDifferentiator {
  var step: Double
  var isCentral = false
  var name: String { "\(isCentral ? "central" : "forward")-quotient:h=\(step)" }

  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .differences, accuracy: .truncated(order: isCentral ? 2 : 1), takesBlackBoxes: true, secondOrder: false,
      ruleFamily: "quotient")
  }

  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let quotient = isCentral ? (try f(x + step) - f(x - step)) / (2 * step) : (try f(x + step) - f(x)) / step
    return DerivativeEstimate(derivative: quotient, error: nil)
  }

  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate { DerivativeEstimate(derivative: .nan, error: nil) }

  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    DerivativeEstimate(derivative: .nan, error: nil)
  }
}
