// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Points near the ends of the number range and coordinates of very different size.
extension DifferentiationScenario {
  static let extremes: [DifferentiationScenario] = [
    DifferentiationScenario(
      "a square at 1e-64", TargetFunction(Square()), at: [1e-64], jacobian: [[2e-64]], hessian: [[2]],
      suitsDifferences: false,
      provenance: "f = x²"),
    DifferentiationScenario(
      "a square at 1e20", TargetFunction(Square()), at: [1e20], jacobian: [[2e20]], hessian: [[2]],
      provenance: "f = x²"),
    DifferentiationScenario(
      "a reciprocal at 1e20", TargetFunction(Reciprocal()), at: [1e20], jacobian: [[-1e-40]], hessian: [[2e-60]],
      provenance: "f = 1/x"),
    DifferentiationScenario(
      "a logarithm at 1e-64", TargetFunction(Logarithm()), at: [1e-64], jacobian: [[1e64]], hessian: [[-1e128]],
      valueSizes: [150], provenance: "f = log x"),
    DifferentiationScenario(
      "a root at 1e-64", TargetFunction(Root()), at: [1e-64], jacobian: [[5e31]], hessian: [[-2.5e95]],
      provenance: "f = √x"),
    DifferentiationScenario(
      "an exponential at 700", TargetFunction(Exponential()), at: [700], jacobian: [[1.0142320547350045e304]],
      hessian: [[1.0142320547350045e304]], lengths: [1], suitsDifferences: false,
      provenance: "e⁷⁰⁰ by mpmath 1.3.0, 50 digits, rounded"),
    DifferentiationScenario(
      "a length whose square overflows", TargetFunction(Length()), at: [3e200, 4e200], jacobian: [[0.6, 0.8]],
      lengths: [5e200, 5e200], provenance: "hypot(3, 4) = 5, scaled"),
    DifferentiationScenario(
      "one huge and one tiny input, multiplied", TargetFunction(TripleProduct()), at: [1e20, 1e-20, 3],
      jacobian: [[3e-20, 3e20, 1]], hessian: [[0, 3, 1e-20], [3, 0, 1e20], [1e-20, 1e20, 0]], provenance: "f = x y z"),
    DifferentiationScenario(
      "one huge and one tiny input, added", TargetFunction(SumWithHugeAndTiny()), at: [1e20, 1e-64, 1],
      jacobian: [[1e-20, 1e64, 2]], lengths: [1e20, 1e-64, 1], valueSizes: [3], suitsDifferences: false,
      provenance: "f = 1e-20 x + 1e64 y + z²"),
    DifferentiationScenario(
      "far tails", TargetFunction(FarTails()), at: [1000],
      jacobian: [[1], [0], [0], [0]], lengths: [1], valueSizes: [1000, 1, 1, 1], suitsDifferences: false,
      provenance: "softplus(x), softplus(-x), sigmoid(x), tanh(x) at 1000: e⁻¹⁰⁰⁰ underflows to 0"),
    DifferentiationScenario(
      "large logits", TargetFunction(LogSumOfExponentials()), at: [1000, 1000, 1000, 1000],
      jacobian: [[0.25, 0.25, 0.25, 0.25]],
      hessian: (0..<4).map { i in (0..<4).map { i == $0 ? 0.1875 : -0.0625 } },
      hessianSizes: Array(repeating: Array(repeating: 0.3125, count: 4), count: 4),
      roundings: 64, lengths: [1, 1, 1, 1], suitsDifferences: false,
      provenance: "log Σ exp of four equal logits: the probabilities are ¼"),
  ]
}

private struct Square: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x }
}

private struct Reciprocal: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 1 / x }
}

private struct Logarithm: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.log(x) }
}

private struct Root: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.sqrt(x) }
}

private struct Exponential: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.exp(x) }
}

private struct Length: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.hypot(x[0], x[1]) }
}

private struct TripleProduct: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[0] * x[1] * x[2] }
}

private struct SumWithHugeAndTiny: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 1e-20 * x[0] + 1e64 * x[1] + x[2] * x[2] }
}

private struct FarTails: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [S.softplus(x[0]), S.softplus(-x[0]), S.sigmoid(x[0]), S.tanh(x[0])]
  }
}

private struct LogSumOfExponentials: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.logSumExp(x) }
}
