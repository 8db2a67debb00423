// SPDX-License-Identifier: Apache-2.0
//
// The sums of a Newton step over very many rows by the machine of the compiled engine, which works on panels of rows
// with vector instructions. One row is recorded with its tangents (dual numbers around recorded ones) and with all the
// products that are to be summed, each times a parameter of its own: the gradient by these parameters is the sums.
// Normal equations square the condition number, so this way is taken only where that leaves ten digits; the step's
// right-hand side, which decides the digits of the result, is as good as by any other way.

import DifferentiationCore
import Programs

/// Σ JᵢJⱼ, Σ Jᵢr, Σ r², Σ (weighted response)².
enum SummedEquations {
  /// The condition from which on Cholesky's factor of the normal equations is not good enough any more.
  static var smallestSingularValue: Double { 1e-3 }

  /// A row's sums, recorded; nil where the curve cannot be recorded or decides by the row which way it goes.
  ///
  /// A row's data are the predictors, the response and, without one for all, √weight.
  static func runner(
    _ rows: CurveRows, at theta: [Double], scales: [Double], uniformRoot: Double?
  ) throws -> PanelRunner? {
    let p = theta.count
    let width = rows.width
    let count = p * (p + 1) / 2 + p + 2
    let first = Array(rows.predictors.prefix(width)) + (uniformRoot == nil ? [0, 1] : [0])
    let ones = Array(repeating: 1.0, count: count)
    do {
      let recorded = try Program.recording(parameters: ones, data: first, limit: 1 << 16) { factors, data in
        let (target, root) = (data[width], uniformRoot.map { Traced($0) } ?? data[width + 1])
        let sample = data[..<width].map { Dual<Traced>(constant: $0) }
        var value: Traced = 0
        var tangents: [Traced] = []
        for j in 0..<p {
          let seeds = theta.indices.map { Dual<Traced>(Traced(theta[$0]), tangent: Traced($0 == j ? scales[j] : 0)) }
          let y = try rows.term.call(for: Dual<Traced>.self)(rows.expand(seeds)[...], sample[...])
          value = y.value
          tangents.append(y.tangent * root)
        }
        let residual = (value - target) * root
        var products: [Traced] = []
        for i in 0..<p {
          for j in i..<p { products.append(tangents[i] * tangents[j]) }
        }
        for tangent in tangents { products.append(tangent * residual) }
        products.append(residual * residual)
        products.append(target * root * (target * root))
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
}

extension FitProblem {
  /// The Newton point over all rows through normal equations; nil where that cannot be had.
  func summedPoint(_ u: [Double], secondOrder: [Double]) throws -> NewtonPoint? {
    guard loss == .squares,
      let runner = try SummedEquations.runner(rows, at: theta(u), scales: scales, uniformRoot: uniformRoot)
    else {
      return nil
    }
    let p = u.count
    var blocks = [SampleRows.Block(rows.predictors, width: rows.width), SampleRows.Block(targets, width: 1)]
    if uniformRoot == nil { blocks.append(SampleRows.Block(rootWeights, width: 1)) }
    let samples = SampleRows(blocks, count: rows.count)
    var sums = Array(repeating: 0.0, count: runner.program.parameterCount)
    let ones = Array(repeating: 1.0, count: sums.count)
    guard runner(parameters: ones, samples: samples, weight: 1, adding: &sums) != nil, sums.allSatisfy(\.isFinite)
    else { return nil }
    var matrix = Array(repeating: 0.0, count: p * p)
    var next = 0
    for i in 0..<p {
      for j in i..<p {
        matrix[i * p + j] = sums[next]
        matrix[j * p + i] = sums[next]
        next += 1
      }
    }
    let gradient = Array(sums[next..<(next + p)])
    let norms = (0..<p).map { matrix[$0 * p + $0] > 0 ? matrix[$0 * p + $0].squareRoot() : 1 }
    for i in 0..<p {
      for j in 0..<p { matrix[i * p + j] /= norms[i] * norms[j] }
    }
    guard let cholesky = CholeskyFactor(matrix, size: p) else { return nil }
    let scaled = zip(gradient, norms).map { $0 / $1 }
    let factor = TriangularFactor(
      upper: cholesky.upper, qtb: cholesky.solveLower(scaled), size: p)
    return NewtonPoint(
      objective: sums[next + p], factor: factor, norms: norms, secondOrder: secondOrder, gradient: gradient,
      dataNorm: sums[next + p + 1].squareRoot())
  }
}
