// SPDX-License-Identifier: Apache-2.0
//
// Where the parameters react to the last bit of the data by more than the digits wanted, the rounding of the residuals
// and of Jᵀr decides: both are taken in double-double, while R and the second-order part, which only shorten the way,
// stay as they are (iterative refinement; Higham 2002, Accuracy and Stability of Numerical Algorithms, chapter 20). The
// parameters are kept as double-doubles too, and the sum at the minimum follows from the sum and the next step.

import DifferentiationCore

/// The parts of the data that a double does not hold, where they were read as decimals.
struct DataTails: Sendable {
  /// For each predictor, row by row.
  var predictors: [Double]
  /// For each response, times its weight's unit.
  var response: [Double]
}

extension FitProblem {
  /// Whether double-double residuals buy digits: see above; for many rows they would cost too much.
  func needsPrecision(_ end: PolishedPoint) -> Bool {
    guard method == nil, loss == .squares, rows.count <= 1024, !end.u.isEmpty else { return false }
    if tails != nil { return true }
    return zip(end.u, end.point.sensitivity).contains { u, size in
      Double.ulpOfOne * size > 1e-10 * max(u.magnitude, 1e-10 * size)
    }
  }

  /// The minimum to the digits that double-double residuals give; nil where they do not get nearer.
  func refined(_ end: PolishedPoint) throws -> PolishedPoint? {
    guard let line = try linearization(end.u) else { return nil }
    let (n, p) = (rows.count, end.u.count)
    var u = end.u.map { DoubleDouble($0) }
    var last = Double.infinity
    var best: PolishedPoint?
    for round in 0..<6 {
      guard let residuals = try preciseResiduals(u) else { return best }
      var gradient = Array(repeating: DoubleDouble.zero, count: p)
      var sum = DoubleDouble.zero
      for i in 0..<n {
        sum += residuals[i] * residuals[i]
        for j in 0..<p { gradient[j] += residuals[i] * DoubleDouble(line.columns[j * n + i]) }
      }
      let scaled = (0..<p).map { gradient[$0].high / end.point.norms[$0] }
      guard let step = end.point.solve(end.point.factor.solveTransposed(scaled).map { -$0 }) else { return best }
      let values = u.map(\.high)
      let size = relativeSize(of: step, at: values, end.point)
      guard size < last || round == 0, size < 0.1 else { break }
      last = size
      u = zip(u, step).map { $0 + DoubleDouble($1) }
      // At the minimum the sum is lower by half the step's slope, twice.
      let decrease = zip(gradient, step).reduce(0.0) { $0 - $1.0.high * $1.1 }
      var point = end.point
      point.objective = max(0, (sum - DoubleDouble(decrease)).high)
      best = PolishedPoint(u: u.map(\.high), point: point, relativeStep: max(size, 1e-16), steps: end.steps + round + 1)
      if size < 1e-18 { break }
    }
    return best
  }

  private func preciseResiduals(_ u: [DoubleDouble]) throws -> [DoubleDouble]? {
    counts.values += 1
    let theta = zip(u, scales).map { $0 * DoubleDouble($1) }
    let call = rows.term.call(for: DoubleDouble.self)
    let all = try rows.expand(theta)[...]
    var result: [DoubleDouble] = []
    for i in 0..<rows.count {
      let range = (i * rows.width)..<((i + 1) * rows.width)
      let sample = range.map { DoubleDouble(high: rows.predictors[$0], low: tails?.predictors[$0] ?? 0) }
      let target = DoubleDouble(high: targets[i], low: tails?.response[i] ?? 0)
      let r = (try call(all, sample[...]) - target) * DoubleDouble(rootWeights[i])
      guard r.high.isFinite else { return nil }
      result.append(r)
    }
    return result
  }
}
