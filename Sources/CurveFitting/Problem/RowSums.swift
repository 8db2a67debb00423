// SPDX-License-Identifier: Apache-2.0
//
// What steps need of many rows are sums: R of the Jacobian with its right-hand side, the second-order part, the
// objective. They are taken block of rows by block, on all cores, and a block's Jacobian is reduced to R at once: the
// memory does not grow with the rows. Blocks are fixed, and are put together in their order, so the result does not
// depend on the number of threads.

import DifferentiationCore
import Dispatch
import Synchronization

/// What a block of rows adds to the sums.
struct RowSums: Sendable {
  /// R of √ω J and its right-hand side √ω r.
  var factor: TriangularFactor
  var objective = 0.0
  /// Σ (weighted response)².
  var dataSquares = 0.0
  /// The part of the Hessian that a robust loss adds to √ω J's.
  var extra: [Double]
  /// Σ cᵢ ∇²fᵢ, where it was asked for.
  var secondOrder: [Double]
  /// Σ (error of Jᵢⱼ times residual)², where the method has estimates.
  var gradientErrors: [Double]?

  init(size p: Int) {
    factor = TriangularFactor(size: p)
    extra = Array(repeating: 0, count: p * p)
    secondOrder = extra
  }

  mutating func add(_ other: RowSums) {
    factor.add(other.factor)
    objective += other.objective
    dataSquares += other.dataSquares
    for k in extra.indices { extra[k] += other.extra[k] }
    for k in secondOrder.indices { secondOrder[k] += other.secondOrder[k] }
    if let errors = other.gradientErrors {
      gradientErrors = zip(gradientErrors ?? errors.map { _ in 0 }, errors).map { $0 + $1 }
    }
  }
}

extension FitProblem {
  /// From so many rows on, sums are taken block by block.
  static var largeRows: Int { 1 << 16 }
  private static var sumRows: Int { 1 << 13 }

  /// Whether the rows are too many to hold their Jacobian.
  var isBlockwise: Bool { rows.count >= Self.largeRows }

  /// The sums over all rows; nil where something is not finite.
  func sums(_ u: [Double], withSecondOrder: Bool) throws -> RowSums? {
    counts.jacobians += 1
    if withSecondOrder { counts.hessians += 1 }
    let theta = theta(u)
    let block = BlockOfRows(self)
    let parts = try Self.blocks(rows.count) { try block.sums($0, at: theta, withSecondOrder: withSecondOrder) }
    guard let parts else { return nil }
    return parts.reduce(into: RowSums(size: u.count)) { $0.add($1) }
  }

  /// Σ 2φ(r) over all rows; nil where it is not finite.
  func blockwiseObjective(_ u: [Double]) throws -> Double? {
    guard u.allSatisfy(\.isFinite) else { return nil }
    counts.values += 1
    let theta = theta(u)
    let block = BlockOfRows(self)
    let sum = try Self.blocks(rows.count) { try block.objective($0, at: theta) }?.reduce(0, +)
    return sum.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The model of the sum at a point; nil where something is not finite.
  func gaussNewtonModel(_ u: [Double]) throws -> GaussNewtonModel? {
    if isBlockwise { return try sums(u, withSecondOrder: false).map { GaussNewtonModel(factor: $0.factor) } }
    return try linearization(u).map { GaussNewtonModel($0, loss) }
  }

  /// The Newton point over all rows; nil where something is not finite.
  func blockwisePoint(_ u: [Double], secondOrder given: [Double]?) throws -> (NewtonPoint, secondOrder: [Double])? {
    guard let total = try sums(u, withSecondOrder: given == nil) else { return nil }
    let norms = total.factor.columnNorms.map { $0 > 0 ? $0 : 1 }
    let secondOrder = given ?? total.secondOrder
    let point = NewtonPoint(
      objective: total.objective, factor: total.factor.scaled(by: norms), norms: norms,
      secondOrder: zip(secondOrder, total.extra).map { $0 + $1 },
      gradient: GaussNewtonModel(factor: total.factor).gradient, dataNorm: total.dataSquares.squareRoot())
    guard var point else { return nil }
    if let errors = total.gradientErrors { point.stepErrors = point.stepErrors(errors.map { $0.squareRoot() }) }
    return (point, secondOrder)
  }

  /// One value for each block, in order; nil where one is nil.
  private static func blocks<Value: Sendable>(
    _ count: Int, _ body: @Sendable (Range<Int>) throws -> Value?
  ) throws -> [Value]? {
    let blocks = (count + sumRows - 1) / sumRows
    let results = Mutex<[Result<Value?, any Error>?]>(Array(repeating: nil, count: blocks))
    DispatchQueue.concurrentPerform(iterations: blocks) { block in
      let result = Result { try body((block * sumRows)..<min((block + 1) * sumRows, count)) }
      results.withLock { $0[block] = result }
    }
    var values: [Value] = []
    for result in results.withLock({ $0 }) {
      guard let value = try result?.get() else { return nil }
      values.append(value)
    }
    return values
  }
}

/// What a block's sums are taken of.
private struct BlockOfRows: Sendable {
  private let derivatives: RowDerivatives
  private let targets: [Double]
  private let rootWeights: RowRoots
  private let loss: RobustLoss
  private let scales: [Double]

  init(_ problem: FitProblem) {
    derivatives = problem.derivatives
    targets = problem.targets
    rootWeights = problem.rootWeights
    loss = problem.loss
    scales = problem.scales
  }

  func objective(_ range: Range<Int>, at theta: [Double]) throws -> Double? {
    var sum = 0.0
    try derivatives.rows.forEach(range, at: theta) { i, y in
      let r = rootWeights[i] * (y - targets[i])
      sum += loss == .squares ? r * r : 2 * loss.terms(r).value
    }
    return sum.isFinite ? sum : nil
  }

  func sums(_ range: Range<Int>, at theta: [Double], withSecondOrder: Bool) throws -> RowSums? {
    let (m, p) = (range.count, theta.count)
    var (b, columns, errors) = try derivatives.jacobian(range, at: theta, scales: scales)
    var sums = RowSums(size: p)
    var finite = 0.0
    var c = Array(repeating: 0.0, count: withSecondOrder ? m : 0)
    for i in 0..<m {
      let root = rootWeights[range.lowerBound + i]
      let target = targets[range.lowerBound + i]
      let r = root * (b[i] - target)
      let terms = loss.terms(r)
      sums.objective += 2 * terms.value
      sums.dataSquares += (root * target) * (root * target)
      if withSecondOrder { c[i] = terms.weight * r * root }
      let weight = loss == .squares ? 1 : terms.weight.squareRoot()
      b[i] = r * weight
      finite += r * 0
      for j in 0..<p {
        columns[j * m + i] *= root
        finite += columns[j * m + i] * 0
        errors?[j * m + i] *= root * r
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
    if let errors {
      sums.gradientErrors = (0..<p).map { j in errors[(j * m)..<((j + 1) * m)].reduce(0) { $0 + $1 * $1 } }
    }
    sums.factor.add(columns: &columns, rows: m, &b)
    if withSecondOrder {
      sums.secondOrder = try derivatives.weightedHessian(range, at: theta, scales: scales, weights: c)
    }
    return sums
  }
}
