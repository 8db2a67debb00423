// SPDX-License-Identifier: Apache-2.0
//
// Bounds by an active set around a Levenberg-Marquardt step: what stands at its bound with the gradient pushing outward
// is held, the rest steps and is projected into the box. Kanzow, Yamashita & Fukushima 2004,
// doi:10.1016/j.cam.2004.02.013. Rejected: a sine transform, under which a parameter at its bound has a vanishing
// derivative and its covariance means nothing.

import DifferentiationCore

extension FitRun {
  /// Least squares within the bounds; the polish acts on what is not at a bound. A start outside them is moved to them.
  func solveInBox(_ problem: FitProblem, from u0: [Double], start index: Int) throws -> Solution {
    let names = setup.fit.curve.parameters
    var (lower, upper): ([Double], [Double]) = ([], [])
    for (position, parameter) in setup.free.enumerated() {
      let range = setup.fit.bounds[names[parameter]]
      lower.append((range?.lowerBound ?? -.infinity) / problem.scales[position])
      upper.append((range?.upperBound ?? .infinity) / problem.scales[position])
    }
    var u = u0.indices.map { min(max(u0[$0], lower[$0]), upper[$0]) }
    var sum = try problem.objective(u) ?? .infinity
    var damping = 1e-3
    var growth = 2.0
    var threshold = 1e-3
    var iterations = 0
    var end = TrustRegion.End.iterationLimit
    outer: while iterations < setup.fit.maximumIterations {
      try setup.fit.checkCancellation()
      guard let model = try problem.gaussNewtonModel(u) else {
        end = .failed
        break
      }
      let active = u.indices.map {
        (u[$0] <= lower[$0] && model.gradient[$0] > 0) || (u[$0] >= upper[$0] && model.gradient[$0] < 0)
      }
      var accepted: [Double]?
      while accepted == nil {
        let step = model.step(damping: damping, holding: active)
        let trial = u.indices.map { min(max(u[$0] + step[$0], lower[$0]), upper[$0]) }
        let moved = zip(trial, u).map { $0 - $1 }
        let predicted = model.decrease(along: moved)
        // Nothing that a sum could show.
        if predicted < 1e-16 * sum {
          end = .noProgress
          break outer
        }
        if let next = try problem.objective(trial), next < sum, predicted > 0 {
          let gain = (sum - next) / predicted
          damping *= max(1.0 / 3, 1 - (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1))
          growth = 2
          sum = next
          accepted = trial
        } else {
          damping *= growth
          growth *= 2
          if damping > 1e16 || moved.allSatisfy({ $0 == 0 }) {
            end = .noProgress
            break outer
          }
        }
      }
      guard let next = accepted else { break }
      var largest = 0.0
      for j in u.indices where next[j] != u[j] {
        largest = max(largest, (next[j] - u[j]).magnitude / max(next[j].magnitude, 1e-300))
      }
      u = next
      iterations += 1
      setup.fit.progress?(FitProgress(start: index, iteration: iterations, parameters: problem.theta(u)))
      if largest < threshold {
        if let done = try polishInBox(problem, u, lower, upper), (done.polished?.digits ?? 0) >= Self.enough {
          return done.after(iterations, problem.counts)
        }
        threshold = largest / 8
      }
    }
    if let done = try polishInBox(problem, u, lower, upper) { return done.after(iterations, problem.counts) }
    let point = try problem.newtonPoint(u)?.point
    return Solution(problem: problem, u: u, polished: nil, point: point, iterations: iterations, end: end)
  }

  /// Holds what is at a bound and polishes the rest; nil where that leaves the box, or where a held parameter would
  /// rather come back.
  private func polishInBox(
    _ problem: FitProblem, _ u: [Double], _ lower: [Double], _ upper: [Double]
  ) throws -> Solution? {
    var held: [Int: Double] = [:]
    for (position, parameter) in setup.free.enumerated() {
      if u[position] <= lower[position] { held[parameter] = lower[position] * problem.scales[position] }
      if u[position] >= upper[position] { held[parameter] = upper[position] * problem.scales[position] }
    }
    let inner = problem.holding(held)
    let positions = setup.free.indices.filter { held[setup.free[$0]] == nil }
    var polished: PolishedPoint?
    if positions.isEmpty {
      var point = NewtonPoint(empty: TriangularFactor(size: 0))
      point.objective = try problem.objective(u) ?? .infinity
      polished = PolishedPoint(u: [], point: point, relativeStep: 0, steps: 0)
    } else {
      polished = try finish(inner, positions.map { u[$0] }).0
    }
    guard let polished else { return nil }
    guard try isMinimumInBox(problem, polished.u, held) else { return nil }
    return Solution(
      problem: inner, u: polished.u, polished: polished, point: nil, iterations: 0, end: .stopped, held: held)
  }

  /// Whether what is free is within the bounds, and what is held wants to go further beyond them.
  func isMinimumInBox(_ problem: FitProblem, _ free: [Double], _ held: [Int: Double]) throws -> Bool {
    var next = free.makeIterator()
    var all: [Double] = []
    let names = setup.fit.curve.parameters
    for (position, parameter) in setup.free.enumerated() {
      let value = held[parameter].map { $0 / problem.scales[position] } ?? next.next() ?? 0
      if let range = setup.fit.bounds[names[parameter]] {
        let theta = value * problem.scales[position]
        guard theta >= range.lowerBound, theta <= range.upperBound else { return false }
      }
      all.append(value)
    }
    if held.isEmpty { return true }
    guard let gradient = try problem.gaussNewtonModel(all)?.gradient else { return false }
    for (position, parameter) in setup.free.enumerated() {
      guard let value = held[parameter], let range = setup.fit.bounds[names[parameter]],
        range.lowerBound < range.upperBound
      else { continue }
      if value <= range.lowerBound ? gradient[position] < 0 : gradient[position] > 0 { return false }
    }
    return true
  }
}

extension Solution {
  /// With what came before it.
  fileprivate func after(_ iterations: Int, _ counts: EvaluationCounts) -> Solution {
    var result = self
    result.iterations = iterations
    result.earlier = counts
    return result
  }
}

/// The Gauss-Newton model of the sum around a point, weighted for the loss.
struct GaussNewtonModel {
  let gradient: [Double]
  private let factor: TriangularFactor
  private let norms: [Double]

  init(_ line: Linearization, _ loss: RobustLoss) {
    var (b, columns) = (line.residuals, line.columns)
    let n = b.count
    let p = n == 0 ? 0 : columns.count / n
    if loss != .squares {
      for i in 0..<n {
        let root = loss.terms(b[i]).weight.squareRoot()
        b[i] *= root
        for j in 0..<p { columns[j * n + i] *= root }
      }
    }
    var gradient = Array(repeating: 0.0, count: p)
    var norms = Array(repeating: 1.0, count: p)
    for j in 0..<p {
      var squares = 0.0
      for i in 0..<n {
        gradient[j] += columns[j * n + i] * b[i]
        squares += columns[j * n + i] * columns[j * n + i]
      }
      if squares > 0 { norms[j] = squares.squareRoot() }
    }
    var factor = TriangularFactor(size: p)
    factor.add(columns: &columns, rows: n, &b)
    self.gradient = gradient
    self.norms = norms
    self.factor = factor
  }

  /// From a factor of many rows.
  init(factor: TriangularFactor) {
    self.factor = factor
    let p = factor.size
    norms = factor.columnNorms.map { $0 > 0 ? $0 : 1 }
    gradient = (0..<p).map { j in (0...j).reduce(0.0) { $0 + factor.r[$1 * p + j] * factor.qtb[$1] } }
  }

  /// The damped step, 0 in what is held.
  func step(damping: Double, holding active: [Bool]) -> [Double] {
    let p = gradient.count
    let moving = (0..<p).filter { !active[$0] }
    let m = moving.count
    guard m > 0 else { return Array(repeating: 0, count: p) }
    // R's moving columns over √μ D.
    var columns = Array(repeating: 0.0, count: m * (p + m))
    var b = factor.qtb + Array(repeating: 0.0, count: m)
    for (k, j) in moving.enumerated() {
      for i in 0...j { columns[k * (p + m) + i] = factor.r[i * p + j] }
      columns[k * (p + m) + p + k] = damping.squareRoot() * norms[j]
    }
    var reduced = TriangularFactor(size: m)
    reduced.add(columns: &columns, rows: p + m, &b)
    let solution = reduced.solve(reduced.qtb.map { -$0 })
    var result = Array(repeating: 0.0, count: p)
    for (k, j) in moving.enumerated() where solution[k].isFinite { result[j] = solution[k] }
    return result
  }

  /// By how much the model says Σ r² falls along a step.
  func decrease(along step: [Double]) -> Double {
    let p = step.count
    var (slope, squares) = (0.0, 0.0)
    for i in 0..<p {
      slope += gradient[i] * step[i]
      var row = 0.0
      for j in i..<p { row += factor.r[i * p + j] * step[j] }
      squares += row * row
    }
    return -2 * slope - squares
  }
}
