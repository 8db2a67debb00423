// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension DifferenceDifferentiator {
  /// Entry by entry: each ∂fᵢ/∂xⱼ has its own step, error estimate and status.
  ///
  /// For m outputs the values along one coordinate are shared between the outputs where the steps coincide.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    var result = DerivativeResult.empty(method: name, value: value, columns: x.count)
    for j in x.indices {
      var column = Line(counter, base: x, direction: unitVector(j, x.count), origin: x[j])
      for i in value.indices {
        result.set(i, j, try differentiate({ try column.value(at: $0)[i] }, at: x[j]))
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// Along the line x + t v at t = 0, scaled so that the step suits the largest coordinate.
  public func directionalDerivative(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    var result = DerivativeResult.empty(method: name, value: value, columns: 1)
    let length = v.map(\.magnitude).max() ?? 0
    guard length > 0 else {
      result.evaluations = counter.count
      return result
    }
    var line = Line(counter, base: x, direction: v.map { $0 / length }, origin: nil)
    for i in value.indices {
      var estimate = try differentiate({ try line.value(at: $0)[i] }, at: 0)
      estimate.derivative *= length
      estimate.error = estimate.error.map { $0 * length }
      result.set(i, 0, estimate)
    }
    result.evaluations = counter.count
    return result
  }

  /// Through the Jacobian; error estimates add with the cotangent's weights.
  public func vectorJacobianProduct(
    of f: TargetFunction, at x: [Double], cotangent c: [Double]
  ) throws -> DerivativeResult {
    let full = try jacobian(of: f, at: x)
    try Requirements.count(c, full.value.count, what: "the cotangent")
    return DerivativeResult(
      method: name, value: full.value, rows: [combine(full.rows, c, count: x.count)],
      errors: full.errors.map { [combine($0, c.map(\.magnitude), count: x.count)] },
      statuses: full.statuses.map { rows in [x.indices.map { j in worst(rows.map { $0[j] }) }] },
      evaluations: full.evaluations)
  }

  /// Second differences, each entry of the upper triangle once.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian")
    var result = DerivativeResult.empty(method: name, value: value, columns: x.count)
    result.grow(rows: x.count)
    for i in x.indices {
      for j in i..<x.count {
        let estimate = try secondPartial(counter, x, i, j)
        result.set(i, j, estimate)
        result.set(j, i, estimate)
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// Through the Hessian's rows.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.count(v, x.count, what: "the direction")
    let full = try hessian(of: f, at: x)
    return DerivativeResult(
      method: name, value: full.value, rows: [combine(full.rows, v, count: x.count)],
      errors: full.errors.map { [combine($0, v.map(\.magnitude), count: x.count)] },
      statuses: full.statuses.map { rows in [x.indices.map { j in worst(rows.map { $0[j] }) }] },
      evaluations: full.evaluations)
  }

  private func secondPartial(
    _ counter: EvaluationCounter, _ x: [Double], _ i: Int, _ j: Int
  ) throws -> DerivativeEstimate {
    var point = x
    if i == j {
      return try differentiateTwice(
        { s in
          point[i] = s
          return try counter.value(at: point)[0]
        }, at: x[i])
    }
    return try differentiateTwice(
      { s, t in
        point[i] = s
        point[j] = t
        return try counter.value(at: point)[0]
      }, at: x[i], x[j])
  }
}

/// The worst of several statuses: the one that a combination of the entries inherits.
private func worst(_ statuses: [ComponentStatus]) -> ComponentStatus {
  for status in [ComponentStatus.notFinite, .unreliable, .oneSided] where statuses.contains(status) { return status }
  return .ok
}

/// Counts evaluations; a class, so that the closures of one derivative share the count.
private final class EvaluationCounter {
  private let f: TargetFunction
  private(set) var count = 0
  init(_ f: TargetFunction) { self.f = f }
  func value(at x: [Double]) throws -> [Double] {
    count += 1
    return try f.value(at: x)
  }
}

/// The values of a function along a line, each point evaluated once.
private struct Line {
  private let f: EvaluationCounter
  private let base: [Double]
  private let direction: [Double]
  private let origin: Double?
  private var known: [UInt64: [Double]] = [:]

  /// With an origin, the coordinate that the direction points along is replaced: no roundoff from x + (t - x).
  init(_ f: EvaluationCounter, base: [Double], direction: [Double], origin: Double?) {
    self.f = f
    self.base = base
    self.direction = direction
    self.origin = origin
  }

  mutating func value(at t: Double) throws -> [Double] {
    if let value = known[t.bitPattern] { return value }
    var point = base
    for k in point.indices where direction[k] != 0 {
      point[k] = origin == nil ? point[k] + t * direction[k] : t
    }
    let value = try f.value(at: point)
    known[t.bitPattern] = value
    return value
  }
}

extension DerivativeResult {
  fileprivate static func empty(method: String, value: [Double], columns: Int) -> DerivativeResult {
    let zeros = Array(repeating: Array(repeating: 0.0, count: columns), count: value.count)
    return DerivativeResult(
      method: method, value: value, rows: zeros, errors: zeros,
      statuses: zeros.map { $0.map { _ in .ok } }, evaluations: 0)
  }

  fileprivate mutating func grow(rows count: Int) {
    guard let row = rows.first else { return }
    rows = Array(repeating: row, count: count)
    errors = rows
    statuses = rows.map { $0.map { _ in .ok } }
  }

  fileprivate mutating func set(_ i: Int, _ j: Int, _ estimate: DerivativeEstimate) {
    rows[i][j] = estimate.derivative
    if let error = estimate.error { errors?[i][j] = error } else { errors = nil }
    statuses?[i][j] = estimate.derivative.isFinite ? estimate.status : .notFinite
  }
}
