// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A parameter as a function of the others.
struct Tie: Sendable {
  /// Which parameter.
  var index: Int
  /// Its value: the sample is empty, the parameters are all parameters in order.
  var term: AnySampleTerm
}

/// The curve over the rows of the data, as a function of the free parameters only.
struct CurveRows: Sendable {
  let term: AnySampleTerm
  /// All parameters; the free ones' entries are ignored.
  let constants: [Double]
  /// Which parameters are free, in order.
  let free: [Int]
  /// Parameters that follow from the others, in the order in which they can be computed.
  let ties: [Tie]
  /// The predictors, row by row.
  let predictors: [Double]
  let width: Int
  let count: Int

  private static let blockRows = 256

  /// All parameters from the free ones.
  func expand<S: DifferentiableScalar>(_ theta: [S]) throws -> [S] {
    if free.count == constants.count { return theta }
    var all = constants.map { S($0) }
    for (position, index) in free.enumerated() { all[index] = theta[position] }
    for tie in ties { all[tie.index] = try tie.term.call(for: S.self)(all[...], [][...]) }
    return all
  }

  /// Some of the rows.
  func selecting(_ picked: [Int]) -> CurveRows {
    CurveRows(
      term: term, constants: constants, free: free, ties: ties,
      predictors: picked.flatMap { predictors[($0 * width)..<(($0 + 1) * width)] }, width: width, count: picked.count)
  }

  /// The same with parameters held at their values, by position among all, and these left free.
  func holding(_ held: [Int: Double], free: [Int]) -> CurveRows {
    var constants = constants
    for (index, value) in held { constants[index] = value }
    return CurveRows(
      term: term, constants: constants, free: free, ties: ties, predictors: predictors, width: width, count: count)
  }

  /// Calls `body` with the row's number and the predicted response, for each row in order.
  @inline(__always)
  func forEach<S: DifferentiableScalar>(_ rows: Range<Int>, at theta: [S], _ body: (Int, S) -> Void) throws {
    let call = term.call(for: S.self)
    let all = try expand(theta)[...]
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + Self.blockRows, rows.upperBound)
      let block = predictors[(start * width)..<(end * width)].map { S($0) }
      for i in start..<end {
        body(i, try call(all, block[((i - start) * width)..<((i - start + 1) * width)]))
      }
      start = end
    }
  }

  /// The predicted responses.
  func values(_ rows: Range<Int>, at theta: [Double]) throws -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows.count)
    try forEach(rows, at: theta) { _, y in result.append(y) }
    return result
  }

  /// Values and derivatives by the free parameters: `columns` holds ∂f/∂θⱼ · scaleⱼ column by column.
  ///
  /// Eight parameters a pass.
  func jacobian(
    _ rows: Range<Int>, at theta: [Double], scales: [Double]
  ) throws -> (values: [Double], columns: [Double]) {
    let (n, p) = (rows.count, theta.count)
    var values = Array(repeating: 0.0, count: n)
    var columns = Array(repeating: 0.0, count: n * p)
    for first in stride(from: 0, to: p, by: 8) {
      let last = min(first + 8, p)
      let seeds = seeded(theta, scales, first..<last)
      try forEach(rows, at: seeds) { i, y in
        let row = i - rows.lowerBound
        values[row] = y.value
        for j in first..<last { columns[j * n + row] = y.tangent[j - first] }
      }
    }
    return (values, columns)
  }

  /// D²f[v, v] in each row, v in the parameters' own units.
  func secondDirectional(_ rows: Range<Int>, at theta: [Double], along v: [Double]) throws -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows.count)
    let seeds = theta.indices.map { Dual(Dual(theta[$0], tangent: v[$0]), tangent: Dual(v[$0], tangent: 0)) }
    try forEach(rows, at: seeds) { _, y in result.append(y.tangent.tangent) }
    return result
  }

  /// Σᵢ cᵢ ∂²fᵢ/∂θⱼ∂θₖ · scaleⱼ scaleₖ, row-major.
  func weightedHessian(
    _ rows: Range<Int>, at theta: [Double], scales: [Double], weights c: [Double]
  ) throws -> [Double] {
    let p = theta.count
    var result = Array(repeating: 0.0, count: p * p)
    for j in 0..<p {
      for first in stride(from: j, to: p, by: 8) {
        let last = min(first + 8, p)
        let seeds = seeded(theta, scales, first..<last).enumerated().map { k, inner in
          Dual(inner, tangent: BatchedDual8(k == j ? scales[j] : 0))
        }
        var sums = SIMD8<Double>(repeating: 0)
        try forEach(rows, at: seeds) { i, y in sums += y.tangent.tangent * c[i - rows.lowerBound] }
        for k in first..<last {
          result[j * p + k] = sums[k - first]
          result[k * p + j] = sums[k - first]
        }
      }
    }
    return result
  }

  private func seeded(_ theta: [Double], _ scales: [Double], _ lanes: Range<Int>) -> [BatchedDual8] {
    theta.indices.map { j in
      var tangent = SIMD8<Double>(repeating: 0)
      if lanes.contains(j) { tangent[j - lanes.lowerBound] = scales[j] }
      return BatchedDual8(theta[j], tangent: tangent)
    }
  }
}
