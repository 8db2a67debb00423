// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Differences for these tests: a five-point rule with an error estimate, one step search, one-sided at an edge.
///
/// The three-point rule inside gives the truncation error, the sizes of the values the roundoff; the step is improved
/// once from the two. Like every such method it believes that the values are right to an ulp and misses its estimate
/// where they are not: the check has to live with that.
struct TestDifferences: DifferenceDifferentiator {
  var name = "differences"
  /// The first step, in units of max(|x|, 1).
  var step = 1e-3
  /// What the error estimate is multiplied with.
  var widening = 1.0

  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .differences, accuracy: .truncated(order: 4), takesBlackBoxes: true, secondOrder: false,
      estimatesError: true, ruleFamily: "differences")
  }

  private struct Trial {
    var value: Double
    var truncation: Double
    var roundoff: Double
    var isFinite: Bool { value.isFinite && truncation.isFinite && roundoff.isFinite }
  }

  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let h = step * max(x.magnitude, 1).binade
    for (side, status) in [(0.0, ComponentStatus.ok), (1, .oneSided), (-1, .oneSided)] {
      var best = try trial(f, x, h, side)
      guard best.isFinite else { continue }
      if best.roundoff < best.truncation, best.roundoff > 0 {
        let power = side == 0 ? 1.0 / 3 : 1.0 / 2
        let second = try trial(f, x, h * Double.pow(best.roundoff / (2 * best.truncation), power), side)
        let error = second.truncation + second.roundoff
        let before = best.truncation + best.roundoff
        if second.isFinite, error < before, (second.value - best.value).magnitude < 4 * before { best = second }
      }
      return DerivativeEstimate(
        derivative: best.value, error: widening * (best.truncation + best.roundoff), status: status)
    }
    return DerivativeEstimate(derivative: .nan, error: .nan, status: .notFinite)
  }

  private func trial(_ f: (Double) throws -> Double, _ x: Double, _ h: Double, _ side: Double) throws -> Trial {
    side == 0 ? try central(f, x, h) : try oneSided(f, x, side * h)
  }

  private func central(_ f: (Double) throws -> Double, _ x: Double, _ h: Double) throws -> Trial {
    let (a, b) = (try f(x - h), try f(x + h))
    let (c, d) = (try f(x - h / 2), try f(x + h / 2))
    let three = (b - a) / 2
    let five = (4 * (d - c) - three) / 3
    let sizes = a.magnitude + b.magnitude + 2 * (c.magnitude + d.magnitude)
    let argument = max(three.magnitude, five.magnitude) / h * (x.magnitude / h)
    return Trial(
      value: five / h, truncation: ((five - three) / h).magnitude,
      roundoff: (sizes / h + argument) * Double.ulpOfOne)
  }

  private func oneSided(_ f: (Double) throws -> Double, _ x: Double, _ h: Double) throws -> Trial {
    let y = try [0.25, 0.5, 0.75, 1].map { try f(x + $0 * h) }
    let two = 2 * (y[3] - y[1])
    let four = (22 * (y[3] - y[2]) - 62 * (y[2] - y[1]) + 52 * (y[1] - y[0])) / 3
    let sizes = 41 * y.reduce(0) { $0 + $1.magnitude }
    let argument = max(two.magnitude, four.magnitude) / h.magnitude * (x.magnitude / h.magnitude)
    return Trial(
      value: four / h, truncation: ((four - two) / h).magnitude,
      roundoff: (sizes / h.magnitude + argument) * Double.ulpOfOne)
  }

  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate { DerivativeEstimate(derivative: .nan, error: .nan) }

  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    DerivativeEstimate(derivative: .nan, error: .nan)
  }
}

/// One quotient with one step and no idea of its error, as in the teaching documents.
struct FixedQuotient: DifferenceDifferentiator {
  var step: Double
  var name: String { "quotient:h=\(step)" }
  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .differences, accuracy: .truncated(order: 1), takesBlackBoxes: true, secondOrder: false,
      ruleFamily: "quotient")
  }

  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    DerivativeEstimate(derivative: (try f(x + step) - f(x)) / step, error: nil)
  }

  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate { DerivativeEstimate(derivative: .nan, error: nil) }

  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    DerivativeEstimate(derivative: .nan, error: nil)
  }
}
