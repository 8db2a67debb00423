// SPDX-License-Identifier: Apache-2.0
//
// A Jacobian of all rows in one call costs a reverse method a sweep through all rows for each row, and differences, which
// search a step for each component, an evaluation of all rows for each: quadratic in the rows. A few rows at a time make
// it linear, and nothing is held that grows with the rows. Which rows are neighbours does not matter: they are not coupled.

import DifferentiationCore

/// The derivatives of rows by the fit's method: the built-in dual numbers, or any method in small blocks of rows.
struct RowDerivatives: Sendable {
  let rows: CurveRows
  /// nil for the built-in dual numbers.
  let method: (any Differentiator)?
  /// Told the rows of each Jacobian that is held.
  var observer: (@Sendable (Int) -> Void)?
  /// A row as a function of the parameters and its predictors, for methods that take many points at once.
  private let mapping: (method: any JacobianMapping, row: AnyVectorFunction)?

  /// Values, ∂f/∂θⱼ · scaleⱼ column by column, and the method's error estimates of these where it has some.
  typealias Block = (values: [Double], columns: [Double], errors: [Double]?)

  init(_ rows: CurveRows, method: (any Differentiator)?, observer: (@Sendable (Int) -> Void)? = nil) {
    self.rows = rows
    self.method = method
    self.observer = observer
    mapping = method.flatMap { $0 as? any JacobianMapping }.map { ($0, RowFunction(rows: rows).erased) }
  }

  /// Rows in a call of the method.
  ///
  /// A tape's sweeps are as long as the block, so short ones are cheaper; so are those of differences, whose steps are
  /// searched for component by component. Of tangents many rows share the seeds.
  var blockRows: Int {
    switch method?.traits.mode {
    case .reverse, .differences: 8
    default: 64
    }
  }

  /// The block in which a row is differentiated.
  func block(of row: Int) -> Range<Int> {
    let first = row / blockRows * blockRows
    return first..<min(first + blockRows, rows.count)
  }

  /// Values and derivatives of some rows.
  func jacobian(_ range: Range<Int>, at theta: [Double], scales: [Double]) throws -> Block {
    observer?(range.count)
    guard let method else {
      let (values, columns) = try rows.jacobian(range, at: theta, scales: scales)
      return (values, columns, nil)
    }
    let (n, p) = (range.count, theta.count)
    var block: Block = (Array(repeating: 0, count: n), Array(repeating: 0, count: n * p), nil)
    if let mapping {
      try map(mapping.method, mapping.row, range, theta, scales, into: &block)
      return block
    }
    for first in stride(from: range.lowerBound, to: range.upperBound, by: blockRows) {
      let part = first..<min(first + blockRows, range.upperBound)
      let result = try method.jacobian(of: TargetFunction(PredictionFunction(rows: rows, range: part)), at: theta)
      guard result.rows.count == part.count, result.value.count == part.count else {
        throw DifferentiationError.shape(
          what: "\(method.name): a Jacobian", expected: "\(part.count) rows", found: "\(result.rows.count)")
      }
      let offset = first - range.lowerBound
      for i in 0..<part.count {
        block.values[offset + i] = result.value[i]
        for j in 0..<p { block.columns[j * n + offset + i] = result.rows[i][j] * scales[j] }
      }
      guard let estimates = result.errors else { continue }
      var errors = block.errors ?? Array(repeating: 0, count: n * p)
      block.errors = nil
      for i in 0..<part.count {
        for j in 0..<p { errors[j * n + offset + i] = estimates[i][j] * scales[j] }
      }
      block.errors = errors
    }
    return block
  }

  /// All rows of a range as points of one function.
  private func map(
    _ method: any JacobianMapping, _ row: AnyVectorFunction, _ range: Range<Int>, _ theta: [Double],
    _ scales: [Double], into block: inout Block
  ) throws {
    let (n, p, width) = (range.count, theta.count, rows.width)
    var numbers: [Double] = []
    numbers.reserveCapacity(n * (p + width))
    for i in range {
      numbers += theta
      numbers += rows.predictors[(i * width)..<((i + 1) * width)]
    }
    var results: [Double] = []
    try method.jacobians(
      of: row, at: SampleRows(numbers, width: p + width, count: n), variables: p, into: &results)
    for i in 0..<n {
      block.values[i] = results[i * (p + 1)]
      for j in 0..<p { block.columns[j * n + i] = results[i * (p + 1) + 1 + j] * scales[j] }
    }
  }

  /// D²f[v, v] in each row, v in the parameters' own units.
  func secondDirectional(at theta: [Double], along v: [Double]) throws -> [Double] {
    let all = 0..<rows.count
    guard let method else { return try rows.secondDirectional(all, at: theta, along: v) }
    var result: [Double] = []
    result.reserveCapacity(rows.count)
    for first in stride(from: 0, to: rows.count, by: blockRows) {
      let part = first..<min(first + blockRows, rows.count)
      let function = TargetFunction(DirectionalFunction(rows: rows, range: part, direction: v))
      result += try method.directionalDerivative(of: function, at: theta, along: v).rows.map { $0[0] }
    }
    return result
  }

  /// Σᵢ cᵢ ∂²fᵢ/∂θⱼ∂θₖ · scaleⱼ scaleₖ over some rows, row-major; by dual numbers where the method has no Hessians.
  func weightedHessian(
    _ range: Range<Int>, at theta: [Double], scales: [Double], weights c: [Double]
  ) throws -> [Double] {
    guard let method, method.traits.secondOrder else {
      return try rows.weightedHessian(range, at: theta, scales: scales, weights: c)
    }
    let p = theta.count
    var result = Array(repeating: 0.0, count: p * p)
    // A recording of so many rows is small, and there are few of them.
    for first in stride(from: range.lowerBound, to: range.upperBound, by: 1024) {
      let part = first..<min(first + 1024, range.upperBound)
      let weights = Array(c[(first - range.lowerBound)..<(part.upperBound - range.lowerBound)])
      let field = TargetFunction(WeightedPrediction(rows: rows, range: part, weights: weights))
      let hessian = try method.hessian(of: field, at: theta).rows
      for j in 0..<p {
        for k in 0..<p { result[j * p + k] += hessian[j][k] * scales[j] * scales[k] }
      }
    }
    return result
  }
}

/// The predicted responses of some rows as one function of the free parameters, for any method.
struct PredictionFunction: VectorFunction {
  let rows: CurveRows
  let range: Range<Int>

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    var result: [S] = []
    result.reserveCapacity(range.count)
    try rows.forEach(range, at: x) { _, y in result.append(y) }
    return result
  }
}

/// Their derivative along a direction, by a dual number around any scalar: differentiated once more by any method.
struct DirectionalFunction: VectorFunction {
  let rows: CurveRows
  let range: Range<Int>
  let direction: [Double]

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    var result: [S] = []
    result.reserveCapacity(range.count)
    let seeds = zip(x, direction).map { Dual($0, tangent: S($1)) }
    try rows.forEach(range, at: seeds) { _, y in result.append(y.tangent) }
    return result
  }
}

/// Σᵢ cᵢ fᵢ with constant cᵢ, whose Hessian is the second-order part of a sum of squares.
struct WeightedPrediction: ScalarField {
  let rows: CurveRows
  let range: Range<Int>
  let weights: [Double]

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    var sum: S = 0
    try rows.forEach(range, at: x) { i, y in sum += y * S(weights[i - range.lowerBound]) }
    return sum
  }
}

/// One row's prediction as a function of the free parameters and the predictors.
private struct RowFunction: VectorFunction {
  let rows: CurveRows

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    let p = rows.free.count
    let all = try rows.expand(Array(x[..<p]))
    return [try rows.term.call(for: S.self)(all[...], x[p...])]
  }
}
