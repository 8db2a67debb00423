// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A method that carries tangents along with values. Its primitive is one pass along up to `width` directions.
public protocol ForwardDifferentiator: Differentiator {
  /// The number of directions that one pass carries.
  var width: Int { get }

  /// f(x) and the directional derivatives along `directions` (1 to `width` of them).
  ///
  /// - Returns: the value, and for each direction the m derivatives.
  func push(_ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]) throws -> (
    value: [Double], tangents: [[Double]]
  )

  /// Second derivatives D²f(x)[u, v] along u and each of `directions`, of a function with one output.
  ///
  /// - Returns: the value and one number a direction.
  func pushTwice(_ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]) throws -> (
    value: [Double], seconds: [Double]
  )
}

extension ForwardDifferentiator {
  /// The Jacobian, column by column: ⌈n / width⌉ passes.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let g = try Requirements.generic(f, method: name, request: "a Jacobian")
    if x.isEmpty {
      let value = try f.value(at: x)
      return DerivativeResult(method: name, value: value, rows: value.map { _ in [] }, evaluations: 1)
    }
    var value: [Double] = []
    var rows: [[Double]] = []
    var passes = 0
    for start in stride(from: 0, to: x.count, by: width) {
      let columns = start..<min(start + width, x.count)
      let pass = try push(g, at: x, along: columns.map { unitVector($0, x.count) })
      if passes == 0 {
        value = pass.value
        rows = Array(repeating: Array(repeating: 0, count: x.count), count: value.count)
      }
      for (column, tangent) in zip(columns, pass.tangents) {
        for i in value.indices { rows[i][column] = tangent[i] }
      }
      passes += 1
    }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: passes)
  }

  /// One pass.
  public func directionalDerivative(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    let g = try Requirements.generic(f, method: name, request: "a directional derivative")
    let pass = try push(g, at: x, along: [v])
    return DerivativeResult(method: name, value: pass.value, rows: pass.tangents[0].map { [$0] }, evaluations: 1)
  }

  /// Through the Jacobian: forward mode has no shorter way.
  public func vectorJacobianProduct(
    of f: TargetFunction, at x: [Double], cotangent c: [Double]
  ) throws -> DerivativeResult {
    let full = try jacobian(of: f, at: x)
    try Requirements.count(c, full.value.count, what: "the cotangent")
    return DerivativeResult(
      method: name, value: full.value, rows: [combine(full.rows, c, count: x.count)],
      evaluations: full.evaluations)
  }

  /// Row by row of the upper triangle, mirrored: n ⌈n / width⌉ passes at the most.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let g = try Requirements.generic(f, method: name, request: "a Hessian")
    let n = x.count
    var value = try f.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian")
    var rows = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    var passes = 1
    for i in 0..<n {
      for start in stride(from: i, to: n, by: width) {
        let columns = start..<min(start + width, n)
        let pass = try pushTwice(g, at: x, along: unitVector(i, n), and: columns.map { unitVector($0, n) })
        value = pass.value
        for (j, second) in zip(columns, pass.seconds) {
          rows[i][j] = second
          rows[j][i] = second
        }
        passes += 1
      }
    }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: passes)
  }

  /// D²f[v, eⱼ] for every j: ⌈n / width⌉ passes.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    let g = try Requirements.generic(f, method: name, request: "a Hessian-vector product")
    let value = try f.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian-vector product")
    var row: [Double] = []
    var passes = 1
    for start in stride(from: 0, to: x.count, by: width) {
      let columns = start..<min(start + width, x.count)
      row += try pushTwice(g, at: x, along: v, and: columns.map { unitVector($0, x.count) }).seconds
      passes += 1
    }
    return DerivativeResult(method: name, value: value, rows: [row], evaluations: passes)
  }
}

/// The i-th unit vector of n elements.
package func unitVector(_ i: Int, _ n: Int) -> [Double] {
  var e = Array(repeating: 0.0, count: n)
  e[i] = 1
  return e
}

/// Σᵢ cᵢ rowᵢ, with 0 · ∞ = 0.
package func combine(_ rows: [[Double]], _ c: [Double], count: Int) -> [Double] {
  var result = Array(repeating: 0.0, count: count)
  for (row, weight) in zip(rows, c) {
    for j in result.indices { result[j] += Double.chainProduct(weight, row[j]) }
  }
  return result
}
