// SPDX-License-Identifier: Apache-2.0
//
// The last digits. A trust region stops when the sum of squares no longer falls, which is at half of the digits; Newton
// steps with exact second derivatives go on without asking the sum. What keeps them from going elsewhere: the first step
// is small, each is shorter than the one before, the local model is that of a minimum, and while steps are long the sum
// does not rise. The length of the step that would come next is the statement of digits.

import RealModule

/// The end of the Newton steps.
struct PolishedPoint {
  var u: [Double]
  var point: NewtonPoint
  /// The largest part of a parameter that the next step would move.
  var relativeStep: Double
  var steps: Int

  /// −log₁₀ of the largest relative step, at most 15.95: what a double holds.
  var digits: Double { relativeStep > 0 ? min(15.95, max(0, -Double.log10(relativeStep))) : 15.95 }
}

extension FitProblem {
  /// The largest relative movement: a parameter far below what the data's size could move counts by a part of that size,
  /// which stays below its start's: what the data say nothing of is not known to any digit.
  func relativeSize(of step: [Double], at u: [Double], _ point: NewtonPoint) -> Double {
    var largest = 0.0
    for j in u.indices {
      let size = max(u[j].magnitude, 1e-10 * min(point.sensitivity[j], 1e6))
      largest = max(largest, step[j] == 0 ? 0 : step[j].magnitude / size)
    }
    return largest.isNaN ? .infinity : largest
  }

  /// Whether a step is within the noise: it lowers the sum by a part of it that no other comparison could see. Where the
  /// data hardly determine a parameter (Wampler5: errors of 10⁷ around 1) such a step may be many times the parameter.
  private func isWithinNoise(_ step: [Double], _ point: NewtonPoint) -> Bool {
    zip(point.gradient, step).reduce(0) { $0 - $1.0 * $1.1 } <= 1e-10 * point.objective
  }

  /// Newton steps from a point; nil where the first is longer than `reach` and not within the noise, or where there is no
  /// step.
  func polish(from start: [Double], reach: Double) throws -> PolishedPoint? {
    guard var (point, secondOrder) = try newtonPoint(start), var step = point.step else { return nil }
    var u = start
    var size = relativeSize(of: step, at: u, point)
    guard size <= reach || isWithinNoise(step, point) else { return nil }
    var steps = 0
    var isFresh = true
    while steps < 24, size > 1e-16 {
      let trial = zip(u, step).map { $0 + $1 }
      // The second-order part hardly changes over so short a way: it is kept as long as the steps shrink fast.
      guard let (next, second) = try newtonPoint(trial, secondOrder: size < 1e-2 ? secondOrder : nil),
        let nextStep = next.step, size < 1e-6 || next.objective <= point.objective * (1 + 1e-3 * min(size, 1))
      else { break }
      let nextSize = relativeSize(of: nextStep, at: trial, next)
      guard nextSize < size else { break }
      let ratio = nextSize / size
      (u, point, secondOrder, step, size) = (trial, next, second, nextStep, nextSize)
      steps += 1
      if ratio > 0.05, size > 1e-12 {
        if ratio > 0.5, isFresh { break }
        guard let (again, second) = try newtonPoint(u), let newStep = again.step else { break }
        (point, secondOrder, step) = (again, second, newStep)
        size = relativeSize(of: step, at: u, point)
        isFresh = true
      } else if ratio > 0.25 {
        break
      } else {
        isFresh = false
      }
    }
    if let errors = point.stepErrors { size = max(size, relativeSize(of: errors, at: u, point)) }
    return PolishedPoint(u: u, point: point, relativeStep: size, steps: steps)
  }
}
