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
  ///
  /// What rounding of the size of a double's last bit moves: the parameters by their sensitivity, the sum at the minimum,
  /// and with it the standard errors, by the size of the data over that of the residuals.
  func needsPrecision(_ end: PolishedPoint) -> Bool {
    guard method == nil, loss == .squares, rows.count <= 1024, !end.u.isEmpty else { return false }
    // Data in doubles are only as good as their last bit anyway.
    let wanted = tails == nil ? 1e-10 : 1e-11
    let moves = zip(end.u, end.point.sensitivity).contains { u, size in
      Double.ulpOfOne * size > wanted * max(u.magnitude, 1e-10 * size)
    }
    return moves || Double.ulpOfOne * end.point.dataNorm > wanted * end.point.objective.squareRoot()
  }

  /// The minimum to the digits that double-double residuals give; nil where they do not get nearer.
  func refined(_ end: PolishedPoint) throws -> PolishedPoint? {
    guard let line = try linearization(end.u) else { return nil }
    let (n, p) = (rows.count, end.u.count)
    let row = PreciseRow(rows, at: theta(end.u))
    var u = end.u.map { DoubleDouble($0) }
    var last = Double.infinity
    var best: PolishedPoint?
    for round in 0..<6 {
      guard let residuals = try preciseResiduals(u, row) else { return best }
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

  private func preciseResiduals(_ u: [DoubleDouble], _ row: PreciseRow) throws -> [DoubleDouble]? {
    counts.values += 1
    let all = try rows.expand(zip(u, scales).map { $0 * DoubleDouble($1) })
    var row = row
    var sample = Array(repeating: DoubleDouble.zero, count: rows.width)
    var result: [DoubleDouble] = []
    result.reserveCapacity(rows.count)
    for i in 0..<rows.count {
      for k in 0..<rows.width {
        let index = i * rows.width + k
        sample[k] = DoubleDouble(high: rows.predictors[index], low: tails?.predictors[index] ?? 0)
      }
      let target = DoubleDouble(high: targets[i], low: tails?.response[i] ?? 0)
      let r = (try row.value(all, sample) - target) * DoubleDouble(rootWeights[i])
      guard r.high.isFinite else { return nil }
      result.append(r)
    }
    return result
  }
}
