// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension FitRun {
  /// Profile-likelihood intervals: where holding a parameter raises the sum by t² times the variance.
  ///
  /// Bates & Watts 1988, Nonlinear Regression Analysis, section 6.1. Each point of a profile is a fit with the parameter
  /// held; the root of √(rise), which is nearly linear, is found by the Illinois rule.
  func addProfiles(_ result: inout FitResult, _ solution: Solution, _ errors: ParameterErrors) throws {
    let quantile = errors.quantile(setup.fit.confidence)
    let best = solution.objective
    guard result.status.isSuccess, result.degreesOfFreedom > 0 || setup.data.isAbsolute else { return }
    let variance = setup.data.isAbsolute ? setup.unit * setup.unit : best / result.degreesOfFreedom
    guard variance > 0 else { return }
    let values = result.values
    for index in setup.free {
      guard let error = result.parameters[index].standardError, error > 0 else { continue }
      let profile = Profile(setup: setup, index: index, values: values, best: best, variance: variance)
      result.parameters[index].profileLower = try profile.end(from: values[index], step: -error, at: quantile)
      result.parameters[index].profileUpper = try profile.end(from: values[index], step: error, at: quantile)
    }
  }
}

/// The profile of one parameter.
private struct Profile {
  let setup: FitSetup
  let index: Int
  let values: [Double]
  let best: Double
  let variance: Double

  /// The value at which √(rise / variance) is `target`; nil where it stays below.
  func end(from value: Double, step: Double, at target: Double) throws -> Double? {
    var (inner, innerHeight) = (value, -target)
    var outer = value + step * target
    var starts = values
    var height = try rise(at: outer, &starts).map { $0 - target }
    var tries = 0
    while let h = height, h < 0 {
      tries += 1
      guard tries < 40 else { return nil }
      (inner, innerHeight) = (outer, h)
      outer = value + (outer - value) * (tries < 3 ? 1.5 : 2)
      height = try rise(at: outer, &starts).map { $0 - target }
    }
    guard var outerHeight = height else { return nil }
    for _ in 0..<60 {
      let middle = outer - outerHeight * (outer - inner) / (outerHeight - innerHeight)
      if middle == inner || middle == outer || (outer - inner).magnitude <= 1e-10 * step.magnitude { return middle }
      guard let h = try rise(at: middle, &starts).map({ $0 - target }) else { return nil }
      if h.magnitude < 1e-9 * target { return middle }
      if h < 0 {
        (inner, innerHeight) = (middle, h)
        outerHeight /= 2
      } else {
        (outer, outerHeight) = (middle, h)
        innerHeight /= 2
      }
    }
    return outer
  }

  /// √((sum − best) / variance) with the parameter held; nil where no fit is found.
  private func rise(at value: Double, _ starts: inout [Double]) throws -> Double? {
    let names = setup.fit.curve.parameters
    if let bounds = setup.fit.bounds[names[index]], !bounds.contains(value) { return nil }
    guard value.isFinite else { return nil }
    var fit = setup.fit
    fit.fixed[names[index]] = value
    fit.bounds[names[index]] = nil
    for j in setup.free where j != index { fit.start[names[j]] = starts[j] }
    fit.start[names[index]] = nil
    fit.multistart = nil
    fit.progress = nil
    do {
      let inner = FitRun(try FitSetup(fit))
      let (solution, all) = try inner.bestEnd()
      starts = all
      return max(0, (solution.objective - best) / variance).squareRoot()
    } catch is CurveFitError {
      return nil
    }
  }
}
