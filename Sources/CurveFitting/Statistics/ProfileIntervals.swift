// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension FitRun {
  /// Profile-likelihood intervals: where holding a parameter raises the sum by t² times the rise at one standard error,
  /// which for squares is the variance.
  ///
  /// Bates & Watts 1988, Nonlinear Regression Analysis, section 6.1. Each point of a profile is a fit with the parameter
  /// held. It is walked outward, each fit from the end of the one before, so that it stays on one branch; between the
  /// last two points the root of √(rise), which is nearly linear, is found by the Illinois rule. An end that the profile
  /// does not have, or that fits do not reach, is nil.
  ///
  /// - Returns: The parameters whose intervals were left out because the run was cancelled.
  func addProfiles(_ result: inout FitResult, _ solution: Solution, _ errors: ParameterErrors) throws -> [String] {
    let quantile = errors.quantile(setup.fit.confidence)
    let best = solution.objective
    guard result.status.isSuccess, let variance = errors.rise else { return [] }
    let values = result.values
    let names = setup.fit.curve.parameters
    for (place, index) in setup.free.enumerated() {
      guard let error = result.parameters[index].standardError, error > 0 else { continue }
      let profile = Profile(setup: setup, index: index, values: values, best: best, variance: variance)
      do {
        let lower = try profile.end(from: values[index], step: -error, at: quantile)
        let upper = try profile.end(from: values[index], step: error, at: quantile)
        (result.parameters[index].profileLower, result.parameters[index].profileUpper) = (lower, upper)
      } catch is CancellationError where !Task.isCancelled { return setup.free[place...].map { names[$0] } }
    }
    return []
  }
}

/// The profile of one parameter.
private struct Profile {
  let setup: FitSetup
  let index: Int
  let values: [Double]
  let best: Double
  /// The rise at one standard error.
  let variance: Double

  /// A point of the profile.
  private struct Point {
    var value: Double
    /// √(rise / variance) less what is wanted.
    var height: Double
    /// All parameters there.
    var parameters: [Double]
  }

  /// The value at which √(rise / variance) is `target`; nil where it stays below, or where fits end before it.
  func end(from value: Double, step: Double, at target: Double) throws -> Double? {
    var inner = Point(value: value, height: -target, parameters: values)
    var outer: Point?
    var length = step * target / 2
    var tries = 0
    while outer == nil {
      tries += 1
      guard tries < 80, length.magnitude > 1e-9 * step.magnitude, inner.value + length != inner.value else {
        return nil
      }
      guard let next = try point(at: inner.value + length, from: inner, target) else {
        length /= 4
        continue
      }
      if next.height >= 0 {
        outer = next
      } else {
        // Nearly straight, it is at the wanted height after as much again as is left.
        let slope = (next.height - inner.height) / length
        inner = next
        let rest = slope * length > 0 ? -next.height / slope * 1.05 : 2 * length
        length = min(max((rest / length).magnitude, 0.1), 2) * length
      }
    }
    guard var outer else { return nil }
    var (innerHeight, outerHeight) = (inner.height, outer.height)
    var lastWasInner: Bool?
    for round in 0..<120 {
      let width = outer.value - inner.value
      // A jump is halved, which the rule alone would creep up to; so is a place without a fit.
      let isHalved = outer.height == .infinity || (round % 4 == 3 && outer.height > target)
      let middle =
        isHalved ? inner.value + width / 2 : outer.value - outerHeight * width / (outerHeight - innerHeight)
      if middle == inner.value || middle == outer.value || width.magnitude <= 1e-10 * step.magnitude {
        return outer.height == .infinity ? nil : middle
      }
      let next =
        try point(at: middle, from: inner, target)
        ?? Point(value: middle, height: .infinity, parameters: inner.parameters)
      if next.height.magnitude < 1e-9 * target { return middle }
      if next.height < 0 {
        (inner, innerHeight) = (next, next.height)
        if lastWasInner == true { outerHeight /= 2 }
        lastWasInner = true
      } else {
        (outer, outerHeight) = (next, next.height)
        if lastWasInner == false { innerHeight /= 2 }
        lastWasInner = false
      }
      if outer.height == .infinity { (innerHeight, outerHeight) = (inner.height, .infinity) }
    }
    return nil
  }

  /// The fit with the parameter held, from a neighbour's end; nil where it comes to no minimum, or to a lower one.
  private func point(at value: Double, from neighbour: Point, _ target: Double) throws -> Point? {
    let names = setup.fit.curve.parameters
    if let bounds = setup.fit.bounds[names[index]], !bounds.contains(value) { return nil }
    guard value.isFinite else { return nil }
    var fit = setup.fit
    fit.fixed[names[index]] = value
    fit.bounds[names[index]] = nil
    for j in setup.free where j != index {
      var start = neighbour.parameters[j]
      if let bounds = fit.bounds[names[j]] { start = min(max(start, bounds.lowerBound), bounds.upperBound) }
      fit.start[names[j]] = start
    }
    fit.start[names[index]] = nil
    fit.multistart = nil
    if let progress = fit.progress {
      let name = names[index]
      fit.progress = {
        var step = $0
        step.profile = name
        progress(step)
      }
    }
    fit.requiredDigits = min(fit.requiredDigits, 6)
    do {
      let inner = FitRun(try FitSetup(fit))
      let (solution, all) = try inner.bestEnd()
      let rise = (solution.objective - best) / variance
      guard inner.judge(solution).isSuccess, rise > -1e-3 else { return nil }
      return Point(value: value, height: max(0, rise).squareRoot() - target, parameters: all)
    } catch is CurveFitError {
      return nil
    }
  }
}
