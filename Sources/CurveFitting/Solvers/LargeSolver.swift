// SPDX-License-Identifier: Apache-2.0
//
// Many rows: a fit of some of them is within a small part of a standard error of the whole fit, so the solver works on a
// sample, and Newton steps over all rows do the rest: one Jacobian a step, block of rows by block, reduced to R at once.
// The sample has one row of each stretch of rows, drawn with a fixed seed: an even stride would miss what repeats with
// the rows (a predictor of 0 and 1 in turn). The second-order part is that of the first point over all rows, and is kept:
// it costs a Newton step a digit or two of its length and no digit of the result. Where the sample does not determine the parameters, or its end is not near the whole's, all rows are fitted by the damped steps of
// `BoxSolver.swift`, which need sums over rows only.

import DifferentiationCore
import RandomStreams
import RealModule

extension FitRun {
  private static var sampleRows: Int { 1 << 11 }
  /// Rows of the Newton step between the sample and the whole.
  private static var middleRows: Int { 1 << 16 }

  /// The fit of very many rows.
  func solveLarge(_ problem: FitProblem, from u: [Double], start index: Int) throws -> Solution {
    let sample = problem.selecting(Self.sample(Self.sampleRows, of: problem.rows.count))
    let first =
      try setup.fit.bounds.isEmpty
      ? solveFreely(sample, from: u, start: index) : solveInBox(sample, from: u, start: index)
    if let done = try solveBySample(problem, first) { return done }
    var start = u
    var next = first.u.makeIterator()
    let end = setup.free.indices.map { j in
      first.held[setup.free[j]].map { $0 / problem.scales[j] } ?? next.next() ?? u[j]
    }
    if let after = try problem.objective(end) {
      if try problem.objective(u).map({ after <= $0 }) ?? true { start = end }
    } else {
      try requireFinite(problem, u, problem.rows.expand(problem.theta(u)))
    }
    var solution = try solveInBox(problem, from: start, start: index)
    solution.iterations += first.iterations
    solution.earlier = solution.earlier + first.earlier + sample.counts
    return solution
  }

  /// One row of each of so many stretches.
  private static func sample(_ count: Int, of rows: Int) -> [Int] {
    var source = NamedStreams(seed: 0).generator(for: .split)
    return (0..<count).map { k in
      let (first, end) = (k * rows / count, (k + 1) * rows / count)
      return min(end - 1, first + Int(source.uniform() * Double(end - first)))
    }
  }

  /// Newton steps over all rows from the sample's end; nil where either does not hold.
  private func solveBySample(_ whole: FitProblem, _ first: Solution) throws -> Solution? {
    guard let polished = first.polished, !first.u.isEmpty, polished.point.rank == first.u.count else { return nil }
    let problem = whole.holding(first.held)
    let ratio = Double(problem.rows.count) / Double(first.problem.rows.count)
    let dataNorm = polished.point.dataNorm * ratio.squareRoot()
    let singular = polished.point.singular.values
    let isQuick =
      problem.method == nil
      && (singular.last ?? 0) > SummedEquations.smallestSingularValue * (singular.first ?? 0)
    var u = polished.u
    if isQuick, problem.rows.count >= 4 * Self.middleRows {
      let middle = Self.sample(Self.middleRows, of: problem.rows.count)
      let point = try problem.summedPoint(u, secondOrder: nil, rows: middle, dataNorm: dataNorm)?.point
      guard let move = point?.step else { return nil }
      u = zip(u, move).map { $0 + $1 }
    }
    var secondOrder: [Double]?
    var best: (u: [Double], point: NewtonPoint, size: Double)?
    var steps = 0
    while steps < 12 {
      try setup.fit.checkCancellation()
      var next: (point: NewtonPoint, secondOrder: [Double])?
      if isQuick {
        next = try problem.summedPoint(u, secondOrder: secondOrder, dataNorm: dataNorm)
        problem.counts.jacobians += next == nil ? 0 : 1
      }
      if next == nil { next = try problem.blockwisePoint(u, secondOrder: secondOrder) }
      guard let (point, second) = next, let move = point.step else { return nil }
      let isFirst = secondOrder == nil
      secondOrder = second
      let size = problem.relativeSize(of: move, at: u, point)
      if let best, size > 0.5 * best.size { break }
      let last = best?.size
      best = (u, point, size)
      if size < 1e-10 { break }
      u = zip(u, move).map { $0 + $1 }
      steps += 1
      // The next step is as much shorter than this one as the Hessian is wrong: by the way that the step goes, which
      // squares its length, and by what the second-order part has changed since it was taken, at most by so much as it
      // weighs. Where ten times that is short enough, it is not worth a pass over all rows.
      if let last, !isFirst {
        let shrinking = size / last
        let predicted = 10 * size * (shrinking * shrinking + point.secondOrderWeight * last)
        guard shrinking < 0.1, predicted < 1e-10 else { continue }
        var end = point
        end.objective -= zip(point.gradient, move).reduce(0) { $0 - $1.0 * $1.1 }
        best = (u, end, predicted)
        break
      }
    }
    guard let best, best.size < 1e-8 || best.size < 0.1 * Double.pow(10, -setup.fit.requiredDigits) else { return nil }
    if !setup.fit.bounds.isEmpty {
      guard try isMinimumInBox(whole, best.u, first.held) else { return nil }
    }
    let errors = best.point.stepErrors.map { problem.relativeSize(of: $0, at: best.u, best.point) } ?? 0
    let end = PolishedPoint(u: best.u, point: best.point, relativeStep: max(best.size, errors), steps: steps)
    return Solution(
      problem: problem, u: best.u, polished: end, point: nil, iterations: first.iterations, end: .stopped,
      held: first.held, earlier: first.earlier + first.problem.counts + (problem === whole ? .init() : whole.counts))
  }
}
