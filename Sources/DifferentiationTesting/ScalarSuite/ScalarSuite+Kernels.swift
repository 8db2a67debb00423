// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// An array kernel as a function of one array; sums of products by position with dyadic weights.
private struct ArrayKernel<S: DifferentiableScalar> {
  let name: String
  let call: ([S]) -> S

  static var all: [ArrayKernel] {
    [
      ArrayKernel(name: "sum") { S.sum($0[...]) },
      ArrayKernel(name: "dot, by the first") { S.dot($0[...], weights($0.count)[...]) },
      ArrayKernel(name: "dot, by the second") { S.dot(weights($0.count)[...], $0[...]) },
      ArrayKernel(name: "dot with itself") { S.dot($0[...], $0[...]) },
      ArrayKernel(name: "logSumExp") { S.logSumExp($0[...]) },
      ArrayKernel(name: "softmaxCrossEntropy, by the logits") {
        S.softmaxCrossEntropy(logits: $0[...], target: weights($0.count)[...])
      },
      ArrayKernel(name: "softmaxCrossEntropy, by the target") {
        S.softmaxCrossEntropy(logits: weights($0.count)[...], target: $0[...])
      },
      ArrayKernel(name: "affine, by the input") { x in
        weighted(S.affine(weights: weights(3 * x.count)[...], bias: weights(3)[...], input: x[...]))
      },
      ArrayKernel(name: "affine, by the weights") { x in
        weighted(S.affine(weights: x[...], bias: weights(1)[...], input: weights(x.count)[...]))
      },
      ArrayKernel(name: "affine, by the bias") { x in
        weighted(S.affine(weights: weights(2 * x.count)[...], bias: x[...], input: weights(2)[...]))
      },
      ArrayKernel(name: "sum of a slice") { S.sum($0.dropFirst()) },
      ArrayKernel(name: "dot of two slices") { S.dot($0.dropFirst(), $0.dropLast()) },
    ]
  }

  private static func weights(_ count: Int) -> [S] { (0..<count).map { S(Double($0 * 5 % 7) * 0.25 + 0.125) } }

  /// One number that depends on each output in its own way.
  private static func weighted(_ y: [S]) -> S {
    var total: S = 0
    for (k, element) in y.enumerated() { total += S(Double(k + 1)) * element }
    return total
  }
}

// Array kernels against their definitions on `Double` and `Dual<Double>`.
extension ScalarSuite {
  func checkKernels() -> [ConformanceFailure] {
    let references = zip(ArrayKernel<Double>.all, ArrayKernel<Dual<Double>>.all)
    return zip(ArrayKernel<S>.all, references).flatMap { kernel, reference in
      [0, 1, 2, 3, 8, 17].flatMap { count in
        checkKernel(kernel, reference.0, reference.1, (0..<count).map { Double($0 * 11 % 13) * 0.375 - 2 })
      }
    }
  }

  private func checkKernel(
    _ kernel: ArrayKernel<S>, _ value: ArrayKernel<Double>, _ dual: ArrayKernel<Dual<Double>>, _ x: [Double]
  ) -> [ConformanceFailure] {
    let place = "\(kernel.name) of \(x.count)"
    let expected = value.call(x)
    let found = kernel.call(x.map { S($0) }).primal
    // Terms of a sum may be added in another order: what counts is the size of the terms.
    let size = max(expected.magnitude, value.call(x.map(\.magnitude)).magnitude)
    let agrees =
      found == expected || (found - expected).magnitude <= valueTolerance * size.ulp
      || (found.isNaN && expected.isNaN)
    var failures = require(agrees, .kernel, place, expected: "\(expected)", found: "\(found)")
    func point(_ k: Int, _ t: Dual<Double>) -> [Dual<Double>] { x.indices.map { $0 == k ? t : Dual(x[$0]) } }
    // Where the terms of one component cancel, the largest component shows their size.
    let slopes = x.indices.map { dual.call(point($0, Dual(x[$0], tangent: 1))).tangent.magnitude }
    for k in x.indices {
      failures += checkSlope(
        "\(place), by element \(k)", x[k], rule: .kernel, size: slopes.max() ?? 0,
        { t in kernel.call(x.indices.map { $0 == k ? t : S(x[$0]) }) },
        { t in dual.call(point(k, t)) })
    }
    return failures
  }
}
