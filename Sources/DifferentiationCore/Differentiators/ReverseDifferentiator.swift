// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A method that carries adjoints back from the outputs. Its primitive is one recording with a sweep a cotangent.
public protocol ReverseDifferentiator: Differentiator {
  /// f(x) and, for each cotangent c, the row cᵀJ.
  ///
  /// `cotangents` is asked for once f(x) is known, with the number of outputs.
  func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]])

  /// f(x) and ∇²f(x) v of a function with one output: the adjoints of a directional derivative.
  func pullTangent(_ f: AnyVectorFunction, at x: [Double], along v: [Double]) throws -> (value: [Double], row: [Double])
}

extension ReverseDifferentiator {
  /// One recording, one sweep a row.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let g = try Requirements.generic(f, method: name, request: "a Jacobian")
    let (value, rows) = try pull(g, at: x) { m in (0..<m).map { unitVector($0, m) } }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: 1)
  }

  /// Through the Jacobian: m sweeps.
  public func directionalDerivative(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    let full = try jacobian(of: f, at: x)
    let rows = full.rows.map { row in [zip(row, v).reduce(0) { $0 + Double.chainProduct($1.0, $1.1) }] }
    return DerivativeResult(method: name, value: full.value, rows: rows, evaluations: full.evaluations)
  }

  /// One recording, one sweep.
  public func vectorJacobianProduct(
    of f: TargetFunction, at x: [Double], cotangent c: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let g = try Requirements.generic(f, method: name, request: "a vector-Jacobian product")
    let (value, rows) = try pull(g, at: x) { m in
      try Requirements.count(c, m, what: "the cotangent")
      return [c]
    }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: 1)
  }

  /// One Hessian-vector product a column; the mean of both triangles, so that it is symmetric to the last bit.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try columnwiseHessian(of: f, at: x)
  }

  /// The default of `hessian(of:at:)`, for a method that has a shorter way for some functions only.
  package func columnwiseHessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    _ = try Requirements.generic(f, method: name, request: "a Hessian")
    var value = try f.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian")
    var rows: [[Double]] = []
    for i in x.indices {
      let product = try hessianVectorProduct(of: f, at: x, along: unitVector(i, x.count))
      value = product.value
      rows.append(product.gradient)
    }
    for i in x.indices {
      for j in 0..<i {
        let mean = rows[i][j] == rows[j][i] ? rows[i][j] : 0.5 * rows[i][j] + 0.5 * rows[j][i]
        rows[i][j] = mean
        rows[j][i] = mean
      }
    }
    return DerivativeResult(method: name, value: value, rows: rows, evaluations: x.count + 1)
  }

  /// One recording of a directional derivative, one sweep.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    let g = try Requirements.generic(f, method: name, request: "a Hessian-vector product")
    let (value, row) = try pullTangent(g, at: x, along: v)
    try Requirements.scalar(value, method: name, request: "a Hessian-vector product")
    return DerivativeResult(method: name, value: value, rows: [row], evaluations: 1)
  }
}
