// SPDX-License-Identifier: Apache-2.0

/// Counts evaluations; a class, so that the closures of one derivative share the count.
final class EvaluationCounter {
  private let f: TargetFunction
  private var outputs: Int?
  private(set) var count = 0

  init(_ f: TargetFunction) { self.f = f }

  /// f(x); an error where a function gives another number of outputs than at the first point.
  func value(at x: [Double]) throws -> [Double] {
    count += 1
    let value = try f.value(at: x)
    guard value.count == outputs ?? value.count else {
      throw DifferentiationError.shape(
        what: "the function's value beside the point", expected: "\(outputs ?? 0) outputs as at the point itself",
        found: "\(value.count)")
    }
    outputs = value.count
    return value
  }
}

/// The values of a function along a line, each point evaluated once.
struct Line {
  private let f: EvaluationCounter
  private var point: [Double]
  private let base: [Double]
  private let direction: [Double]
  private let coordinate: Int?
  private var known: [UInt64: [Double]]

  /// Coordinate k takes the values themselves: no roundoff from x + (t - x).
  init(_ f: EvaluationCounter, along k: Int, of x: [Double], value: [Double]) {
    self.f = f
    point = x
    base = x
    direction = []
    coordinate = k
    known = [x[k].bitPattern: value]
  }

  /// x + t v.
  init(_ f: EvaluationCounter, from x: [Double], direction v: [Double], value: [Double]) {
    self.f = f
    point = x
    base = x
    direction = v
    coordinate = nil
    known = [0: value]
  }

  /// The values at one place; those at the base are known.
  mutating func value(at t: Double) throws -> [Double] {
    if let value = known[t.bitPattern] { return value }
    if let coordinate {
      point[coordinate] = t
    } else {
      for k in point.indices where direction[k] != 0 { point[k] = base[k] + t * direction[k] }
    }
    let value = try f.value(at: point)
    known[t.bitPattern] = value
    return value
  }
}

extension DerivativeResult {
  /// Zeros to be filled in: a row an output, or as many as said.
  static func empty(method: String, value: [Double], columns: Int, rows: Int? = nil) -> DerivativeResult {
    let zeros = Array(repeating: Array(repeating: 0.0, count: columns), count: rows ?? value.count)
    return DerivativeResult(
      method: method, value: value, rows: zeros, errors: zeros, statuses: zeros.map { $0.map { _ in .ok } },
      evaluations: 0)
  }

  /// Fills in one entry.
  mutating func set(_ i: Int, _ j: Int, _ estimate: DerivativeEstimate) {
    rows[i][j] = estimate.derivative
    if let error = estimate.error { errors?[i][j] = error } else { errors = nil }
    statuses?[i][j] = estimate.derivative.isFinite ? estimate.status : .notFinite
  }
}
