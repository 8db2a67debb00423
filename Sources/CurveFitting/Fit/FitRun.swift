// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// One run: solves from every start, judges the best end and reports it.
struct FitRun {
  let setup: FitSetup

  init(_ setup: FitSetup) { self.setup = setup }

  /// The best end's result, in units in which nothing overflows or vanishes.
  func result() throws -> FitResult {
    let setup = try setup.inUnitsOfTheStart()
    return try FitRun(setup).resultInUnits()
  }

  private func resultInUnits() throws -> FitResult {
    var best: (solution: Solution, status: FitStatus, start: [Double])?
    var outcomes: [StartOutcome] = []
    var firstError: (any Error)?
    let starts = try setup.starts()
    var isCut = false
    for (index, start) in starts.enumerated() {
      do {
        let solution = try solve(from: start, index)
        let status = judge(solution)
        let objective = solution.objective / setup.unit / setup.unit
        outcomes.append(
          StartOutcome(start: setup.free.map { start[$0] }, status: status, objective: objective))
        if best.map({ isBetter(solution, status, than: $0.solution, $0.status) }) ?? true {
          best = (solution, status, start)
        }
      } catch let error as CurveFitError where starts.count > 1 {
        // The curve is not finite at one of several starts.
        firstError = firstError ?? error
      } catch is CancellationError where best != nil && !Task.isCancelled {
        isCut = true
        break
      }
    }
    guard let best else { throw firstError ?? CurveFitError.noRows(skipped: 0) }
    var result = try report(best.solution, best.status, from: best.start, outcomes: starts.count > 1 ? outcomes : [])
    addMinima(&result, best.solution)
    if isCut { result.warnings.append("interrupted: \(outcomes.count) of \(starts.count) starts were tried") }
    return result
  }

  private func isBetter(_ a: Solution, _ aStatus: FitStatus, than b: Solution, _ bStatus: FitStatus) -> Bool {
    if aStatus.isSuccess != bStatus.isSuccess {
      // A success counts more than a lower sum by a hair, and less than one that is lower beyond doubt.
      return aStatus.isSuccess ? a.objective <= b.objective * 1.001 : a.objective < b.objective * 0.999
    }
    return a.objective < b.objective
  }

  /// Where the only start leads, with the values of all parameters there.
  func bestEnd() throws -> (solution: Solution, values: [Double]) {
    let solution = try solve(from: setup.start, 0)
    return (solution, try solution.problem.rows.expand(solution.problem.theta(solution.u)))
  }

  private func solve(from start: [Double], _ index: Int) throws -> Solution {
    let problem = setup.problem(from: start)
    let u = setup.free.enumerated().map { start[$1] / problem.scales[$0] }
    if problem.isBlockwise, !setup.free.isEmpty { return try solveLarge(problem, from: u, start: index) }
    try requireFinite(problem, u, start)
    guard !setup.free.isEmpty else {
      let r = try problem.plainResiduals(u) ?? []
      let factor = TriangularFactor(size: 0)
      var point = NewtonPoint(empty: factor)
      point.objective = r.reduce(0) { $0 + 2 * problem.loss.terms($1).value }
      return Solution(
        problem: problem, u: [], polished: PolishedPoint(u: [], point: point, relativeStep: 0, steps: 0), point: nil,
        iterations: 0, end: .stopped)
    }
    return try setup.fit.bounds.isEmpty
      ? solveFreely(problem, from: u, start: index) : solveInBox(problem, from: u, start: index)
  }

  func requireFinite(_ problem: FitProblem, _ u: [Double], _ start: [Double]) throws {
    if try problem.objective(u) != nil { return }
    let values = try problem.rows.values(0..<problem.rows.count, at: problem.theta(u))
    guard let row = values.firstIndex(where: { !$0.isFinite }) else {
      throw CurveFitError.overflowAtStart(parameters: setup.fit.curve.parameters, values: start)
    }
    throw CurveFitError.notFiniteAtStart(
      row: setup.data.position(row) + 1, parameters: setup.fit.curve.parameters, values: start)
  }

  /// What the end is.
  func judge(_ solution: Solution) -> FitStatus {
    let p = solution.u.count
    if let polished = solution.polished {
      if polished.point.rank < p { return isSaddle(solution, polished.point) ? .notAMinimum : .singular }
      guard polished.digits >= setup.fit.requiredDigits, isAsLow(solution, polished) else { return .stalled }
      return solution.held.isEmpty ? .converged : .atBound
    }
    guard let point = solution.point else { return .failed }
    if point.rank < p { return isSaddle(solution, point) ? .notAMinimum : .singular }
    // Starts have a size of about 1 in these units.
    if solution.u.contains(where: { $0.magnitude > 1e12 }) { return .diverged }
    if point.step == nil {
      let slope = zip(point.gradient, point.norms).map { $0.magnitude / $1 }.max() ?? 0
      if slope <= 1e-6 * point.objective.squareRoot() { return .notAMinimum }
    }
    return solution.end == .iterationLimit ? .iterationLimit : solution.end == .failed ? .failed : .stalled
  }
}

extension FitRun {
  /// Whether the sum at the parameters as they are given is the one that the last steps foretold, but for the rounding of
  /// the data. The refinement of the last digits foretells it, and would be wrong beyond the reach of its model.
  private func isAsLow(_ solution: Solution, _ polished: PolishedPoint) -> Bool {
    guard solution.problem.rows.count <= 1024, !polished.u.isEmpty,
      let sum = try? solution.problem.objective(polished.u)
    else { return true }
    let rounding = 1e-12 * polished.point.dataNorm
    return sum <= polished.point.objective * 1.001 + rounding * rounding
  }
}

extension NewtonPoint {
  /// The point of a problem without free parameters.
  init(empty factor: TriangularFactor) {
    objective = 0
    self.factor = factor
    norms = []
    matrix = []
    rank = 0
    step = []
    gradient = []
    sensitivity = []
    dataNorm = 0
  }
}
