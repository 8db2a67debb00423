// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Points and directions that are not finite: a result of the right shape or an error.
extension DifferentiatorSuite {
  func checkNonFinite() -> [ConformanceFailure] {
    let f = TargetFunction(.vector(NonFiniteProbe().erased), handWritten: { _ in [[1, 1], [1, 1], [1, 1]] })
    let scalar = TargetFunction(.field(NonFiniteField().erased), handWritten: { _ in [[1, 1]] })
    var found: [ConformanceFailure] = []
    for bad in [Double.nan, .infinity, -.infinity] {
      for point in [[bad, 0.5], [0.5, bad], [bad, bad]] {
        found += probe(f, outputs: 3, at: point, DerivativeRequest.all(inputs: 2, outputs: 3))
        found += probe(scalar, outputs: 1, at: point, DerivativeRequest.all(inputs: 2, outputs: 1))
      }
      let v = [bad, 1]
      found += probe(f, outputs: 3, at: [0.5, 0.5], [.directional(v), .vectorJacobian([1, bad, 0])])
      found += probe(scalar, outputs: 1, at: [0.5, 0.5], [.hessianVector(v)])
    }
    return found
  }

  private func probe(
    _ f: TargetFunction, outputs: Int, at x: [Double], _ requests: [DerivativeRequest]
  ) -> [ConformanceFailure] {
    var found: [ConformanceFailure] = []
    for request in requests where !request.isSecondOrder || differentiator.traits.secondOrder {
      guard let result = try? request.ask(differentiator, f, at: x), let plain = try? f.value(at: x) else { continue }
      let place = "\(request) at \(text(x))"
      let (rows, columns) = request.shape(inputs: x.count, outputs: outputs)
      let fits = result.rows.count == rows && result.rows.allSatisfy { $0.count == columns }
      found += require(
        fits, .nonFinite, place, expected: "\(rows) rows of \(columns)", found: "rows of \(result.rows.map(\.count))")
      found += require(
        result.value.count == plain.count && zip(result.value, plain).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) },
        .nonFinite, place, expected: "the value \(text(plain))", found: text(result.value))
    }
    return found
  }
}

private struct NonFiniteProbe: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [x[0] * x[1] + S.exp(x[0]), S.log(x[0]) - S.sqrt(x[1]), S.max(S.tanh(x[0]), S.relu(x[1]))]
  }
}

private struct NonFiniteField: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    S.hypot(x[0], x[1]) + S.pow(x[0], 3) / x[1] + S.logSumExp(x)
  }
}
