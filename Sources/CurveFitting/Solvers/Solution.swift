// SPDX-License-Identifier: Apache-2.0

/// Where a solver ended: before it is judged and reported.
struct Solution {
  /// The problem whose free parameters are those not held at a bound.
  var problem: FitProblem
  /// Those in the problem's units.
  var u: [Double]
  var polished: PolishedPoint?
  /// Newton's look at the end, where it was not polished.
  var point: NewtonPoint?
  var iterations: Int
  var end: TrustRegion.End
  /// Parameters held at a bound, by position among all.
  var held: [Int: Double] = [:]
  /// Evaluations of problems before this one.
  var earlier = EvaluationCounts()

  var objective: Double { polished?.point.objective ?? point?.objective ?? .infinity }
}

extension FitRun {
  /// The trust region with acceleration and, where that comes to no minimum, once more without.
  func solveFreely(_ problem: FitProblem, from u0: [Double], start index: Int) throws -> Solution {
    let first = try solveFreely(problem, from: u0, start: index, accelerated: true)
    if let polished = first.polished, polished.digits >= setup.fit.requiredDigits { return first }
    let second = try solveFreely(problem, from: u0, start: index, accelerated: false)
    guard let polished = second.polished, polished.digits >= setup.fit.requiredDigits,
      polished.point.objective <= first.objective * 1.001 || first.objective.isNaN
    else { return first }
    return second
  }

  /// The trust region from a start, with Newton's polish as soon as it holds.
  private func solveFreely(
    _ problem: FitProblem, from u0: [Double], start index: Int, accelerated: Bool
  ) throws -> Solution {
    var polished: PolishedPoint?
    var threshold = 1e-3
    var (u, iterations, end) = try TrustRegion.run(
      problem, from: u0, accelerated: accelerated, avmax: Self.avmax, maximumIterations: setup.fit.maximumIterations
    ) { iteration in
      try setup.fit.checkCancellation()
      setup.fit.progress?(
        FitProgress(start: index, iteration: iteration.number, parameters: problem.theta(iteration.x)))
      var moved = 0.0
      for (step, value) in zip(iteration.step, iteration.x) where step != 0 {
        moved = max(moved, value == 0 ? .infinity : step.magnitude / value.magnitude)
      }
      guard moved < threshold else { return true }
      if let attempt = try problem.polish(from: iteration.x, reach: Self.reach), attempt.digits >= Self.enough {
        polished = attempt
        return false
      }
      threshold = moved / 8
      return threshold > 1e-17
    }
    if let failure = problem.failure { throw failure }
    if polished == nil { (polished, u) = try finish(problem, u) }
    if let end = polished, problem.needsPrecision(end), let better = try problem.refined(end) { polished = better }
    let point = polished == nil ? try problem.newtonPoint(u)?.point : nil
    if polished != nil { end = .stopped }
    iterations = max(iterations, 0)
    return Solution(
      problem: problem, u: polished?.u ?? u, polished: polished, point: point, iterations: iterations, end: end)
  }

  /// Newton with a line search from where a solver could go no further, then the polish.
  func finish(_ problem: FitProblem, _ start: [Double]) throws -> (PolishedPoint?, [Double]) {
    var u = start
    for _ in 0..<60 {
      try setup.fit.checkCancellation()
      if let attempt = try problem.polish(from: u, reach: Self.reach), attempt.digits >= Self.enough {
        return (attempt, attempt.u)
      }
      guard let point = try problem.newtonPoint(u)?.point, let step = point.step else { return (nil, u) }
      var length = 1.0
      var moved = false
      while length > 1e-6 {
        let trial = zip(u, step).map { $0 + length * $1 }
        if let sum = try problem.objective(trial), sum < point.objective {
          u = trial
          moved = true
          break
        }
        length /= 2
      }
      if !moved { break }
    }
    let last = try problem.polish(from: u, reach: Self.reach)
    return (last, last?.u ?? u)
  }

  /// GSL's limit for the acceleration: its own 0.75 loses Rat43 of the certified problems.
  static var avmax: Double { 0.3 }
  /// The longest first Newton step, relative to each parameter.
  static var reach: Double { 0.1 }
  /// With so many digits the trust region has no more to do.
  static var enough: Double { 10 }
}
