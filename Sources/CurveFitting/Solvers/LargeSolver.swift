// SPDX-License-Identifier: Apache-2.0
//
// Many rows: a fit of an even sample of them is within a small part of a standard error of the whole fit, so the trust
// region works on the sample, and Newton steps over all rows do the rest: one Jacobian a step, block of rows by block,
// reduced to R at once. The second-order part changes little between sample and whole; it is the sample's, scaled,
// which costs a Newton step a digit or two of its length and no digit of the result. Blocks are fixed, and are put
// together in their order, so the result does not depend on the number of threads.

import DifferentiationCore
import Dispatch
import RealModule
import Synchronization

extension FitRun {
  /// From so many rows on.
  static var largeRows: Int { 1 << 16 }
  private static var sampleRows: Int { 1 << 12 }

  /// Whether the way of many rows can be taken.
  var isLarge: Bool {
    setup.data.samples.count >= Self.largeRows && setup.fit.method == nil && setup.fit.bounds.isEmpty
  }

  /// The fit of a sample, then Newton steps over all rows; nil where either does not hold.
  func solveLarge(_ problem: FitProblem, from start: [Double], start index: Int) throws -> Solution? {
    let n = problem.rows.count
    let step = n / Self.sampleRows
    let picked = Array(stride(from: step / 2, to: n, by: step))
    let sample = FitProblem(
      rows: problem.rows.selecting(picked), targets: picked.map { problem.targets[$0] },
      rootWeights: picked.map { problem.rootWeights[$0] }, loss: problem.loss, scales: problem.scales, method: nil)
    let first = try solveFreely(sample, from: start, start: index)
    guard let polished = first.polished, polished.point.rank == start.count,
      let (_, second) = try sample.newtonPoint(polished.u)
    else { return nil }
    let ratio = Double(n) / Double(picked.count)
    let secondOrder = second.map { $0 * ratio }
    let singular = polished.point.singular.values
    let isWellConditioned = (singular.last ?? 0) > SummedEquations.smallestSingularValue * (singular.first ?? 0)
    var u = polished.u
    var best: (u: [Double], point: NewtonPoint, size: Double)?
    var steps = 0
    while steps < 12 {
      try setup.fit.checkCancellation()
      problem.counts.jacobians += 1
      let quick = isWellConditioned ? try problem.summedPoint(u, secondOrder: secondOrder) : nil
      guard let point = try quick ?? problem.blockwisePoint(u, secondOrder: secondOrder), let move = point.step
      else { return nil }
      let size = problem.relativeSize(of: move, at: u, point)
      if let best, size > 0.5 * best.size { break }
      let shrinking = best.map { size / $0.size } ?? 1
      best = (u, point, size)
      if size < 1e-10 { break }
      u = zip(u, move).map { $0 + $1 }
      steps += 1
      // The second-order part is the sample's, so steps shrink by one factor: where ten times the next one is short
      // enough, it is not worth a pass over all rows.
      if shrinking < 0.1, 10 * shrinking * size < 1e-10 {
        var end = point
        end.objective -= zip(point.gradient, move).reduce(0) { $0 - $1.0 * $1.1 }
        best = (u, end, 10 * shrinking * size)
        break
      }
    }
    guard let best, best.size < 1e-8 || best.size < 0.1 * Double.pow(10, -setup.fit.requiredDigits) else { return nil }
    let end = PolishedPoint(u: best.u, point: best.point, relativeStep: best.size, steps: steps)
    return Solution(
      problem: problem, u: best.u, polished: end, point: nil, iterations: first.iterations, end: .stopped,
      earlier: sample.counts)
  }
}

/// What a block of rows adds to the sums.
private struct BlockSums {
  var factor: TriangularFactor
  var objective = 0.0
  var dataSquares = 0.0
  /// The part of the Hessian that a robust loss adds to √ω J's.
  var extra: [Double]
}

extension FitProblem {
  private static var blockRows: Int { 1 << 13 }

  /// The Newton point over all rows without the Jacobian in memory; nil where something is not finite.
  func blockwisePoint(_ u: [Double], secondOrder: [Double]) throws -> NewtonPoint? {
    let p = u.count
    let blocks = (rows.count + Self.blockRows - 1) / Self.blockRows
    let results = Mutex<[Result<BlockSums?, any Error>?]>(Array(repeating: nil, count: blocks))
    let (rows, targets, rootWeights, loss, scales) = (self.rows, self.targets, self.rootWeights, self.loss, self.scales)
    let theta = theta(u)
    DispatchQueue.concurrentPerform(iterations: blocks) { block in
      let range = (block * Self.blockRows)..<min((block + 1) * Self.blockRows, rows.count)
      let result = Result {
        try Self.sums(rows, targets, rootWeights, loss, scales, at: theta, range)
      }
      results.withLock { $0[block] = result }
    }
    var total = BlockSums(factor: TriangularFactor(size: p), extra: Array(repeating: 0, count: p * p))
    for result in results.withLock({ $0 }) {
      guard let sums = try result?.get() else { return nil }
      total.factor.add(sums.factor)
      total.objective += sums.objective
      total.dataSquares += sums.dataSquares
      for k in total.extra.indices { total.extra[k] += sums.extra[k] }
    }
    let norms = total.factor.columnNorms.map { $0 > 0 ? $0 : 1 }
    let model = GaussNewtonModel(factor: total.factor)
    return NewtonPoint(
      objective: total.objective, factor: total.factor.scaled(by: norms), norms: norms,
      secondOrder: zip(secondOrder, total.extra).map { $0 + $1 }, gradient: model.gradient,
      dataNorm: total.dataSquares.squareRoot())
  }

  private static func sums(
    _ rows: CurveRows, _ targets: [Double], _ rootWeights: [Double], _ loss: RobustLoss, _ scales: [Double],
    at theta: [Double], _ range: Range<Int>
  ) throws -> BlockSums? {
    let (m, p) = (range.count, theta.count)
    var (b, columns) = try rows.jacobian(range, at: theta, scales: scales)
    var sums = BlockSums(factor: TriangularFactor(size: p), extra: Array(repeating: 0, count: p * p))
    var finite = 0.0
    for i in 0..<m {
      let root = rootWeights[range.lowerBound + i]
      let target = targets[range.lowerBound + i]
      let r = root * (b[i] - target)
      let terms = loss.terms(r)
      sums.objective += 2 * terms.value
      sums.dataSquares += (root * target) * (root * target)
      let weight = loss == .squares ? 1 : terms.weight.squareRoot()
      b[i] = r * weight
      finite += r * 0
      for j in 0..<p {
        columns[j * m + i] *= root
        finite += columns[j * m + i] * 0
      }
      if loss != .squares {
        for j in 0..<p {
          for k in 0..<p {
            sums.extra[j * p + k] += (terms.curvature - terms.weight) * columns[j * m + i] * columns[k * m + i]
          }
        }
        for j in 0..<p { columns[j * m + i] *= weight }
      }
    }
    guard finite == 0 else { return nil }
    sums.factor.add(columns: &columns, rows: m, &b)
    return sums
  }
}
