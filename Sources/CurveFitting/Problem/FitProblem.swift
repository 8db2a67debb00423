// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// How often functions and derivatives were asked for.
public struct EvaluationCounts: Sendable, Codable, Equatable {
  /// Evaluations of the curve over all rows.
  public var values = 0
  /// Jacobians.
  public var jacobians = 0
  /// Second directional derivatives.
  public var secondDirectionals = 0
  /// Hessians of the sum.
  public var hessians = 0

  /// All of them.
  public var total: Int { values + jacobians + secondDirectionals + hessians }

  /// Both.
  static func + (a: EvaluationCounts, b: EvaluationCounts) -> EvaluationCounts {
    EvaluationCounts(
      values: a.values + b.values, jacobians: a.jacobians + b.jacobians,
      secondDirectionals: a.secondDirectionals + b.secondDirectionals, hessians: a.hessians + b.hessians)
  }
}

/// √weight of each row, with the unit of the response in it.
struct RowRoots: Sendable {
  /// The factor of all rows.
  let uniform: Double
  /// Each row's own; nil where only the factor counts.
  let each: [Double]?

  subscript(_ row: Int) -> Double {
    @inline(__always) get { each.map { $0[row] } ?? uniform }
  }

  /// Those of some rows.
  func selecting(_ picked: [Int]) -> RowRoots {
    RowRoots(uniform: uniform, each: each.map { each in picked.map { each[$0] } })
  }
}

/// A least-squares problem in scaled units: u = θ / scale, residual = weight · (f - y), weights made free of the data's
/// size. All scales are powers of two, so that nothing is rounded by them.
final class FitProblem {
  let derivatives: RowDerivatives
  let targets: [Double]
  let rootWeights: RowRoots
  let loss: RobustLoss
  let scales: [Double]
  var counts = EvaluationCounts()
  /// The first error of the curve or the method.
  var failure: (any Error)?
  /// What a double does not hold of the data, where it is known.
  var tails: DataTails?
  /// The trust region's last Jacobian: the Newton steps begin at its point.
  private var last: (u: [Double], line: Linearization)?

  init(
    _ derivatives: RowDerivatives, targets: [Double], rootWeights: RowRoots, loss: RobustLoss, scales: [Double]
  ) {
    self.derivatives = derivatives
    self.targets = targets
    self.rootWeights = rootWeights
    self.loss = loss
    self.scales = scales
  }

  var rows: CurveRows { derivatives.rows }
  /// nil for the built-in dual numbers.
  var method: (any Differentiator)? { derivatives.method }
  var parameterCount: Int { scales.count }

  func theta(_ u: [Double]) -> [Double] { u.indices.map { u[$0] * scales[$0] } }

  /// The same over some of the rows.
  func selecting(_ picked: [Int]) -> FitProblem {
    FitProblem(
      RowDerivatives(rows.selecting(picked), method: method, observer: derivatives.observer),
      targets: picked.map { targets[$0] }, rootWeights: rootWeights.selecting(picked), loss: loss, scales: scales)
  }

  /// The same with some parameters held at their values, by position among all.
  func holding(_ held: [Int: Double]) -> FitProblem {
    if held.isEmpty { return self }
    let positions = rows.free.indices.filter { held[rows.free[$0]] == nil }
    let problem = FitProblem(
      RowDerivatives(
        rows.holding(held, free: positions.map { rows.free[$0] }), method: method, observer: derivatives.observer),
      targets: targets, rootWeights: rootWeights, loss: loss, scales: positions.map { scales[$0] })
    problem.tails = tails
    return problem
  }

  /// The residuals before the loss; nil where one is not finite.
  func plainResiduals(_ u: [Double]) throws -> [Double]? {
    guard u.allSatisfy(\.isFinite) else { return nil }
    if let last, last.u == u { return last.line.residuals }
    counts.values += 1
    var r = try rows.values(0..<rows.count, at: theta(u))
    var finite = 0.0
    for i in r.indices {
      r[i] = rootWeights[i] * (r[i] - targets[i])
      finite += r[i] * 0
    }
    return finite == 0 ? r : nil
  }

  /// Σ 2φ(r); nil where it is not finite.
  func objective(_ u: [Double]) throws -> Double? {
    if isBlockwise { return try blockwiseObjective(u) }
    guard let r = try plainResiduals(u) else { return nil }
    let sum = loss == .squares ? r.reduce(0) { $0 + $1 * $1 } : r.reduce(0) { $0 + 2 * loss.terms($1).value }
    return sum.isFinite ? sum : nil
  }

  /// Residuals and Jacobian, column by column, both before the loss; nil where not finite.
  func linearization(_ u: [Double]) throws -> Linearization? {
    if let last, last.u == u { return last.line }
    counts.jacobians += 1
    let (n, p) = (rows.count, u.count)
    var (values, columns, errors) = try derivatives.jacobian(0..<n, at: theta(u), scales: scales)
    var finite = 0.0
    for i in 0..<n {
      values[i] = rootWeights[i] * (values[i] - targets[i])
      finite += values[i] * 0
    }
    if let each = rootWeights.each {
      for j in 0..<p {
        for i in 0..<n { columns[j * n + i] *= each[i] }
      }
    } else {
      let root = rootWeights.uniform
      for k in columns.indices { columns[k] *= root }
    }
    for column in columns { finite += column * 0 }
    for k in errors?.indices ?? 0..<0 { errors?[k] *= rootWeights[k % n] }
    guard finite == 0 else { return nil }
    let line = Linearization(residuals: values, columns: columns, errors: errors)
    last = (u, line)
    return line
  }

  /// Σ cᵢ ∇²fᵢ in scaled units, c including the weights.
  func curvature(_ u: [Double], weights c: [Double]) throws -> [Double] {
    counts.hessians += 1
    return try derivatives.weightedHessian(0..<rows.count, at: theta(u), scales: scales, weights: c)
  }
}

/// Residuals and Jacobian at a point.
struct Linearization {
  var residuals: [Double]
  var columns: [Double]
  /// The method's error estimates of the Jacobian, where it has some.
  var errors: [Double]?
}

extension FitProblem: TrustRegionFunctions {
  var rowCount: Int { rows.count }

  var hasSecondDirectional: Bool { method.map { $0.traits.mode != .differences } ?? true }

  func residuals(at u: [Double]) -> [Double]? {
    attempt {
      guard let r = try plainResiduals(u) else { return nil }
      return loss == .squares ? r : r.map { loss.root($0).value }
    }
  }

  func jacobian(at u: [Double]) -> [Double]? {
    attempt {
      guard let line = try linearization(u) else { return nil }
      if loss == .squares { return line.columns }
      let n = rows.count
      var columns = line.columns
      for i in 0..<n {
        let slope = loss.root(line.residuals[i]).slope
        for j in u.indices { columns[j * n + i] *= slope }
      }
      return columns
    }
  }

  func secondDirectional(at u: [Double], along v: [Double]) -> [Double]? {
    attempt {
      counts.secondDirectionals += 1
      var second = try derivatives.secondDirectional(at: theta(u), along: theta(v))
      for i in second.indices { second[i] *= rootWeights[i] }
      if loss != .squares, let line = try linearization(u) {
        let n = rows.count
        for i in second.indices {
          let root = loss.root(line.residuals[i])
          var along = 0.0
          for j in v.indices { along += line.columns[j * n + i] * v[j] }
          second[i] = root.slope * second[i] + root.curvature * along * along
        }
      }
      return second.allSatisfy(\.isFinite) ? second : nil
    }
  }

  private func attempt(_ body: () throws -> [Double]?) -> [Double]? {
    do { return try body() } catch {
      if failure == nil { failure = error }
      return nil
    }
  }
}
