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
}

/// A least-squares problem in scaled units: u = θ / scale, residual = weight · (f - y), weights made free of the data's
/// size. All scales are powers of two, so that nothing is rounded by them.
final class FitProblem {
  let rows: CurveRows
  let targets: [Double]
  /// √weight of each row, with the unit of the response in it.
  let rootWeights: [Double]
  let loss: RobustLoss
  let scales: [Double]
  /// nil for the built-in dual numbers.
  let method: (any Differentiator)?
  var counts = EvaluationCounts()
  /// The first error of the curve or the method.
  var failure: (any Error)?
  /// What a double does not hold of the data, where it is known.
  var tails: DataTails?
  /// √weight where it is the same in all rows.
  var uniformRoot: Double?
  private let predictions: TargetFunction?
  /// The trust region's last Jacobian: the Newton steps begin at its point.
  private var last: (u: [Double], line: Linearization)?

  init(
    rows: CurveRows, targets: [Double], rootWeights: [Double], loss: RobustLoss, scales: [Double],
    method: (any Differentiator)?
  ) {
    self.rows = rows
    self.targets = targets
    self.rootWeights = rootWeights
    self.loss = loss
    self.scales = scales
    self.method = method
    predictions = method == nil ? nil : TargetFunction(PredictionFunction(rows: rows))
  }

  var parameterCount: Int { scales.count }

  func theta(_ u: [Double]) -> [Double] { zip(u, scales).map { $0 * $1 } }

  /// The residuals before the loss; nil where one is not finite.
  func plainResiduals(_ u: [Double]) throws -> [Double]? {
    guard u.allSatisfy(\.isFinite) else { return nil }
    counts.values += 1
    var r = try rows.values(0..<rows.count, at: theta(u))
    for i in r.indices {
      r[i] = rootWeights[i] * (r[i] - targets[i])
      if !r[i].isFinite { return nil }
    }
    return r
  }

  /// Σ 2φ(r); nil where it is not finite.
  func objective(_ u: [Double]) throws -> Double? {
    guard let r = try plainResiduals(u) else { return nil }
    let sum = loss == .squares ? r.reduce(0) { $0 + $1 * $1 } : r.reduce(0) { $0 + 2 * loss.terms($1).value }
    return sum.isFinite ? sum : nil
  }

  /// Residuals and Jacobian, column by column, both before the loss; nil where not finite.
  func linearization(_ u: [Double]) throws -> Linearization? {
    if let last, last.u == u { return last.line }
    counts.jacobians += 1
    let theta = theta(u)
    let (n, p) = (rows.count, u.count)
    var errors: [Double]?
    var values: [Double]
    var columns: [Double]
    if let method, let predictions {
      let result = try method.jacobian(of: predictions, at: theta)
      guard result.rows.count == n else { return nil }
      values = result.value
      columns = Array(repeating: 0, count: n * p)
      for i in 0..<n {
        for j in 0..<p { columns[j * n + i] = result.rows[i][j] * scales[j] }
      }
      if let estimates = result.errors {
        var flat = Array(repeating: 0.0, count: n * p)
        for i in 0..<n {
          for j in 0..<p { flat[j * n + i] = estimates[i][j] * scales[j] * rootWeights[i] }
        }
        errors = flat
      }
    } else {
      (values, columns) = try rows.jacobian(0..<n, at: theta, scales: scales)
    }
    var finite = 0.0
    for i in 0..<n {
      values[i] = rootWeights[i] * (values[i] - targets[i])
      finite += values[i] * 0
    }
    for j in 0..<p {
      for i in 0..<n {
        columns[j * n + i] *= rootWeights[i]
        finite += columns[j * n + i] * 0
      }
    }
    return finite == 0 ? Linearization(residuals: values, columns: columns, errors: errors) : nil
  }

  /// Σ cᵢ ∇²fᵢ in scaled units, c including the weights.
  func curvature(_ u: [Double], weights c: [Double]) throws -> [Double] {
    counts.hessians += 1
    let theta = theta(u)
    guard let method, method.traits.secondOrder else {
      return try rows.weightedHessian(0..<rows.count, at: theta, scales: scales, weights: c)
    }
    let p = u.count
    let field = TargetFunction(WeightedPrediction(rows: rows, weights: c))
    let result = try method.hessian(of: field, at: theta)
    return (0..<(p * p)).map { result.rows[$0 / p][$0 % p] * scales[$0 / p] * scales[$0 % p] }
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
      last = (u, line)
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
      let (theta, direction) = (theta(u), theta(v))
      var second: [Double]
      if let method {
        let function = TargetFunction(DirectionalFunction(rows: rows, direction: direction))
        second = try method.directionalDerivative(of: function, at: theta, along: direction).rows.map { $0[0] }
      } else {
        second = try rows.secondDirectional(0..<rows.count, at: theta, along: direction)
      }
      for i in second.indices { second[i] *= rootWeights[i] }
      if loss != .squares, let r = try plainResiduals(u), let line = try linearization(u) {
        let n = rows.count
        for i in second.indices {
          let root = loss.root(r[i])
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
