// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

extension FitRun {
  /// The result of the best end.
  func report(
    _ solution: Solution, _ status: FitStatus, from start: [Double], outcomes: [StartOutcome]
  ) throws -> FitResult {
    let fit = setup.fit
    let names = fit.curve.parameters
    let problem = solution.problem
    let theta = problem.theta(solution.u)
    let values = try problem.rows.expand(theta)
    var sum = solution.polished?.point.objective ?? .nan
    if solution.polished == nil || problem.loss != .squares {
      sum = try problem.plainResiduals(solution.u).map { $0.reduce(0) { $0 + $1 * $1 } } ?? .nan
    }
    // Combinations that the data do not determine take no degree of freedom.
    let undetermined = solution.u.count - ((solution.polished?.point ?? solution.point)?.rank ?? solution.u.count)
    let freedom = setup.data.observations - Double(setup.free.count - max(0, undetermined))
    let errors = ParameterErrors(setup, solution, sum: sum, degreesOfFreedom: freedom)
    let rss = sum / setup.unit / setup.unit
    var evaluations = problem.counts
    evaluations.values += solution.earlier.values
    evaluations.jacobians += solution.earlier.jacobians
    evaluations.secondDirectionals += solution.earlier.secondDirectionals
    evaluations.hessians += solution.earlier.hessians

    var result = FitResult(
      curve: fit.curve.name, formula: fit.curve.formula, status: status, digits: solution.polished?.digits ?? 0,
      parameters: [], rss: rss, objective: solution.objective / setup.unit / setup.unit, degreesOfFreedom: freedom,
      sigmaIsAbsolute: setup.data.isAbsolute, isRobust: problem.loss != .squares,
      isWeighted: fit.data.weighting.isPerObservation,
      rank: (solution.polished?.point ?? solution.point)?.rank ?? 0,
      condition: errors.condition, undetermined: errors.undetermined(names), iterations: solution.iterations,
      newtonSteps: solution.polished?.steps ?? 0, evaluations: evaluations, method: fit.method?.name ?? "dual-batch",
      jacobianChecks: [], rows: setup.data.samples.count, skippedRows: setup.data.skipped.map { $0 + 1 },
      starts: outcomes, confidence: fit.confidence, warnings: [])
    if solution.polished == nil, let point = solution.point, let step = point.step {
      result.digits = max(0, min(15.95, -Double.log10(problem.relativeSize(of: step, at: solution.u, point))))
    }
    if problem.loss == .squares {
      result.reducedChiSquared = freedom > 0 ? finite(rss / freedom) : nil
      addCriteria(&result, sum: sum)
    }
    result.residualScale = try residualScale(result, solution)
    let tied = setup.ties.map(\.index)
    let quantile = errors.quantile(fit.confidence)
    for index in names.indices {
      let isFree = setup.free.contains(index)
      let error = errors.standardErrors[index].flatMap(finite)
      let t = error.flatMap { $0 > 0 ? finite(values[index] / $0) : nil }
      result.parameters.append(
        FitParameter(
          name: names[index], value: values[index], standardError: error, tStatistic: t,
          pValue: t.flatMap { finite(errors.twoSided($0)) },
          lower: error.flatMap { finite(values[index] - quantile * $0) },
          upper: error.flatMap { finite(values[index] + quantile * $0) },
          profileLower: nil, profileUpper: nil, fixed: !isFree && !tied.contains(index),
          isExpression: tied.contains(index), atBound: solution.held[index] != nil,
          didNotMove: isFree && solution.held[index] == nil && values[index] == start[index]
            && solution.iterations + (solution.polished?.steps ?? 0) > 0))
    }
    try flagRunaways(&result, start, solution)
    result.covariance = errors.covariance
    result.correlations = errors.correlations
    if fit.crossChecks, !solution.u.isEmpty {
      result.jacobianChecks = [
        try JacobianComparison(setup).run("start", problem.rows, problem.rows.free.map { start[$0] }),
        try JacobianComparison(setup).run("end", problem.rows, theta),
      ]
    }
    if status.isSuccess, result.jacobianChecks.contains(where: { !$0.agrees }) { result.status = .derivativesDisagree }
    let left = fit.profileIntervals ? try addProfiles(&result, solution, errors) : []
    result.warnings = warnings(result, setup)
    if !left.isEmpty { result.warnings.append("interrupted: no profile interval of \(left.joined(separator: ", "))") }
    return result
  }

  /// How large an ordinary residual is, in units of its sigma.
  private func residualScale(_ result: FitResult, _ solution: Solution) throws -> Double? {
    if setup.data.isAbsolute { return 1 }
    guard result.isRobust else { return result.reducedChiSquared.map { $0.squareRoot() } }
    guard result.degreesOfFreedom > 0, let residuals = try solution.problem.plainResiduals(solution.u) else {
      return nil
    }
    let sizes = residuals.map(\.magnitude).sorted()
    let median = (sizes[sizes.count / 2] + sizes[(sizes.count - 1) / 2]) / 2
    let correction = (setup.data.observations / result.degreesOfFreedom).squareRoot()
    return finite(1.482602218505602 * median * correction / setup.unit)
  }

  private func finite(_ x: Double) -> Double? { x.isFinite ? x : nil }

  private func addCriteria(_ result: inout FitResult, sum: Double) {
    let roots = setup.data.rootWeights
    let targets = setup.data.samples.response
    // Around the weighted mean, in units of the largest weight and response so that nothing overflows.
    let largest = FitSetup.scale(targets.reduce(0) { max($0, $1.magnitude) })
    var (weights, mean, total) = (0.0, 0.0, 0.0)
    if let roots {
      let heaviest = FitSetup.scale(roots.reduce(0) { max($0, $1) })
      for (root, y) in zip(roots, targets) {
        let weight = (root / heaviest) * (root / heaviest)
        weights += weight
        mean += weight * (y / largest)
      }
      mean *= largest / weights
      for (root, y) in zip(roots, targets) {
        let r = root * setup.unit * (y - mean)
        total += r * r
      }
    } else {
      let part = 1 / largest
      mean = Self.sum(targets) { $0 * part } * (largest / Double(targets.count))
      let (center, unit) = (mean, setup.unit)
      total = Self.sum(targets) { (unit * ($0 - center)) * (unit * ($0 - center)) }
    }
    result.rSquared = total > 0 ? finite(1 - sum / total) : nil
    let count = setup.data.observations
    let logUnit = -2 * Double.log(setup.unit)
    var logRoots = 0.0
    switch setup.fit.data.weighting {
    case .none, .counts: break
    case .absoluteSigma, .relativeSigma, .weights: for root in roots ?? [] { logRoots += Double.log(root) }
    }
    let free = Double(setup.free.count)
    var (deviance, parameters): (Double, Double)
    if setup.data.isAbsolute {
      deviance = result.rss + count * Double.log(2 * Double.pi) - 2 * logRoots
      parameters = free
    } else {
      deviance = count * (Double.log(2 * Double.pi * sum / count) + logUnit + 1) - 2 * logRoots
      parameters = free + 1
    }
    result.aic = finite(deviance + 2 * parameters)
    result.bic = finite(deviance + Double.log(count) * parameters)
  }

  /// Σ f(x) by eight sums side by side.
  @inline(__always)
  private static func sum(_ x: [Double], _ f: (SIMD8<Double>) -> SIMD8<Double>) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    var i = 0
    while i + 8 <= x.count {
      sums += f(SIMD8(x[i], x[i + 1], x[i + 2], x[i + 3], x[i + 4], x[i + 5], x[i + 6], x[i + 7]))
      i += 8
    }
    var total = sums.sum()
    while i < x.count {
      total += f(SIMD8(repeating: x[i]))[0]
      i += 1
    }
    return total
  }

  private func warnings(_ result: FitResult, _ setup: FitSetup) -> [String] {
    var list: [String] = []
    if !result.skippedRows.isEmpty {
      list.append(
        result.skippedRows.count == 1
          ? "1 row with missing values was left out"
          : "\(result.skippedRows.count) rows with missing values were left out")
    }
    let bound = result.parameters.filter(\.atBound).map(\.name)
    if !bound.isEmpty {
      list.append("at a bound, so without a standard error: \(bound.joined(separator: ", "))")
    }
    let still = result.parameters.filter(\.didNotMove).map(\.name)
    if !still.isEmpty, !result.status.isSuccess {
      list.append("did not move from the start: \(still.joined(separator: ", "))")
    }
    if let combination = result.undetermined {
      let terms = combination.sorted { $0.key < $1.key }.map(\.key)
      let what = terms.count == 1 ? terms[0] : "a combination of \(terms.joined(separator: ", "))"
      list.append("the data do not determine \(what)")
    }
    if result.degreesOfFreedom == 0, !setup.data.isAbsolute {
      list.append("as many parameters as rows: nothing is left to estimate errors from")
    }
    for check in result.jacobianChecks where !check.agrees {
      list.append("Jacobian at the \(check.place): \(check.summary)")
    }
    return list
  }
}
