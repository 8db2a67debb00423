// SPDX-License-Identifier: Apache-2.0
//
// The last digits. A trust region stops when the sum of squares no longer falls, which is at half of the digits; Newton
// steps with exact second derivatives go on without asking the sum. What keeps them from going elsewhere: the first step
// is small, each is at most half of the one before, the local model is that of a minimum, and the sum does not rise by
// more than its own resolution allows. The length of the step that would come next is the statement of digits.

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
  /// The largest relative movement: a parameter far below what the data's size could move counts by that size.
  func relativeSize(of step: [Double], at u: [Double], _ point: NewtonPoint) -> Double {
    var largest = 0.0
    for j in u.indices {
      let size = max(u[j].magnitude, 1e-10 * point.sensitivity[j])
      largest = max(largest, step[j] == 0 ? 0 : step[j].magnitude / size)
    }
    return largest.isNaN ? .infinity : largest
  }

  /// Newton steps from a point; nil where the first is longer than `reach`, or where there is no step.
  func polish(from start: [Double], reach: Double) throws -> PolishedPoint? {
    guard var (point, secondOrder) = try newtonPoint(start), var step = point.step else { return nil }
    var u = start
    var size = relativeSize(of: step, at: u, point)
    guard size <= reach else { return nil }
    var steps = 0
    while steps < 12, size > 1e-16 {
      let trial = zip(u, step).map { $0 + $1 }
      // The second-order part changes with the parameters: once they hardly move, it is kept.
      guard let (next, second) = try newtonPoint(trial, secondOrder: size < 1e-5 ? secondOrder : nil),
        let nextStep = next.step, next.objective <= point.objective * (1 + 1e-3 * min(1, size)) + 1e-300
          || size < 1e-6
      else { break }
      let nextSize = relativeSize(of: nextStep, at: trial, next)
      guard nextSize < 0.5 * size || size < 1e-9 else { break }
      let isBetter = nextSize < size
      if isBetter || steps == 0 {
        (u, point, secondOrder, step) = (trial, next, second, nextStep)
        steps += 1
      }
      if !isBetter || nextSize > 0.25 * size {
        size = min(size, nextSize)
        break
      }
      size = nextSize
    }
    if let errors = point.stepErrors { size = max(size, relativeSize(of: errors, at: u, point)) }
    return PolishedPoint(u: u, point: point, relativeStep: size, steps: steps)
  }
}
