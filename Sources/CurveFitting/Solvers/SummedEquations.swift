// SPDX-License-Identifier: Apache-2.0
//
// The sums of a Newton step over very many rows by the machine of the compiled engine, which works on panels of rows
// with vector instructions. One row is recorded with its tangents (dual numbers around recorded ones) and with all the
// products that are to be summed, each times a parameter of its own: the gradient by these parameters is the sums.
// Normal equations square the condition number, so this way is taken only where that leaves ten digits; the step's
// right-hand side, which decides the digits of the result, is as good as by any other way.

import DifferentiationCore
import Programs

/// Σ JᵢJⱼ, Σ Jᵢr, Σ r², and where asked for Σ r ∂²f/∂θᵢ∂θⱼ.
enum SummedEquations {
  /// The condition from which on Cholesky's factor of the normal equations is not good enough any more.
  static var smallestSingularValue: Double { 1e-3 }

  /// A row's sums, recorded; nil where the curve cannot be recorded or decides by the row which way it goes.
  ///
  /// A row's data are the predictors, the response and, where rows have their own, √weight; a √weight of all rows is left
  /// to the caller.
  static func runner(
    _ rows: CurveRows, at theta: [Double], scales: [Double], isWeighted: Bool, withSecondOrder: Bool
  ) throws -> PanelRunner? {
    let p = theta.count
    let width = rows.width
    let pairs = p * (p + 1) / 2
    let count = pairs + p + 1 + (withSecondOrder ? pairs : 0)
    let first = Array(rows.predictors.prefix(width)) + (isWeighted ? [0, 1] : [0])
    let ones = Array(repeating: 1.0, count: count)
    do {
      let recorded = try Program.recording(parameters: ones, data: first, limit: 1 << 16) { factors, data in
        let target = data[width]
        func weighted(_ x: Traced) -> Traced { isWeighted ? x * data[width + 1] : x }
        let sample = data[..<width].map { Dual<Traced>(constant: $0) }
        var value: Traced = 0
        var tangents: [Traced] = []
        for j in 0..<p {
          let seeds = theta.indices.map { Dual<Traced>(Traced(theta[$0]), tangent: Traced($0 == j ? scales[j] : 0)) }
          let y = try rows.term.call(for: Dual<Traced>.self)(rows.expand(seeds)[...], sample[...])
          value = y.value
          tangents.append(weighted(y.tangent))
        }
        let residual = weighted(value - target)
        var products: [Traced] = []
        for i in 0..<p {
          for j in i..<p { products.append(tangents[i] * tangents[j]) }
        }
        for tangent in tangents { products.append(tangent * residual) }
        products.append(residual * residual)
        if withSecondOrder {
          let scaled = weighted(residual)
          for second in try secondDerivatives(rows, theta, scales, data[..<width]) { products.append(scaled * second) }
        }
        var sum: Traced = 0
        for (factor, product) in zip(factors, products) { sum += factor * product }
        return [sum]
      }
      let runner = try PanelRunner(recorded, threads: 4)
      return runner.hasSampleGuards ? nil : runner
    } catch is RecordingObstacle {
      return nil
    }
  }

  /// ∂²f/∂θᵢ∂θⱼ in scaled units for i ≤ j.
  private static func secondDerivatives(
    _ rows: CurveRows, _ theta: [Double], _ scales: [Double], _ data: ArraySlice<Traced>
  ) throws -> [Traced] {
    typealias Second = Dual<Dual<Traced>>
    let sample = data.map { Second(constant: Dual<Traced>(constant: $0)) }
    var result: [Traced] = []
    for i in theta.indices {
      for j in theta.indices.dropFirst(i) {
        let seeds = theta.indices.map {
          Second(
            Dual(Traced(theta[$0]), tangent: Traced($0 == i ? scales[i] : 0)),
            tangent: Dual<Traced>(constant: Traced($0 == j ? scales[j] : 0)))
        }
        result.append(try rows.term.call(for: Second.self)(rows.expand(seeds)[...], sample[...]).tangent.tangent)
      }
    }
    return result
  }
}

extension FitProblem {
  /// The Newton point through normal equations over all rows, or over some; nil where that cannot be had.
  ///
  /// - Parameters:
  ///   - given: the second-order part; without one it is summed over the same rows.
  ///   - picked: some of the rows; all sums are then those of so many.
  ///   - dataNorm: the size of the weighted responses.
  func summedPoint(
    _ u: [Double], secondOrder given: [Double]?, rows picked: [Int]? = nil, dataNorm: Double
  ) throws -> (point: NewtonPoint, secondOrder: [Double])? {
    guard loss == .squares,
      let runner = try SummedEquations.runner(
        rows, at: theta(u), scales: scales, isWeighted: rootWeights.each != nil, withSecondOrder: given == nil)
    else {
      return nil
    }
    let p = u.count
    var blocks = [SampleRows.Block(rows.predictors, width: rows.width), SampleRows.Block(targets, width: 1)]
    if let each = rootWeights.each { blocks.append(SampleRows.Block(each, width: 1)) }
    let samples = SampleRows(blocks, count: rows.count)
    var sums = Array(repeating: 0.0, count: runner.program.parameterCount)
    let ones = Array(repeating: 1.0, count: sums.count)
    let value = runner(parameters: ones, samples: samples, at: picked?[...], weight: 1, adding: &sums)
    guard value != nil, sums.allSatisfy(\.isFinite) else { return nil }
    if rootWeights.each == nil {
      // A power of two: exact.
      for k in sums.indices { sums[k] *= rootWeights.uniform * rootWeights.uniform }
    }
    var next = 0
    func symmetric() -> [Double] {
      var matrix = Array(repeating: 0.0, count: p * p)
      for i in 0..<p {
        for j in i..<p {
          matrix[i * p + j] = sums[next]
          matrix[j * p + i] = sums[next]
          next += 1
        }
      }
      return matrix
    }
    var matrix = symmetric()
    let gradient = Array(sums[next..<(next + p)])
    next += p
    let objective = sums[next]
    next += 1
    let secondOrder = given ?? symmetric()
    let norms = (0..<p).map { matrix[$0 * p + $0] > 0 ? matrix[$0 * p + $0].squareRoot() : 1 }
    for i in 0..<p {
      for j in 0..<p { matrix[i * p + j] /= norms[i] * norms[j] }
    }
    guard let cholesky = CholeskyFactor(matrix, size: p) else { return nil }
    let scaled = zip(gradient, norms).map { $0 / $1 }
    let factor = TriangularFactor(
      upper: cholesky.upper, qtb: cholesky.solveLower(scaled), size: p)
    let point = NewtonPoint(
      objective: objective, factor: factor, norms: norms, secondOrder: secondOrder, gradient: gradient,
      dataNorm: dataNorm)
    return point.map { ($0, secondOrder) }
  }
}
