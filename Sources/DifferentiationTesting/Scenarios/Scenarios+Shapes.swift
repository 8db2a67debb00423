// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Tall, wide and empty Jacobians. All numbers are exact in `Double`.
extension DifferentiationScenario {
  static let shapes: [DifferentiationScenario] = [
    DifferentiationScenario(
      "no inputs", TargetFunction(NoInputs()), at: [], jacobian: [[]], hessian: [], provenance: "f = 7"),
    DifferentiationScenario(
      "no outputs", TargetFunction(NoOutputs()), at: [1.5, 2], jacobian: [], provenance: "R² → R⁰"),
    DifferentiationScenario(
      "inputs swapped", TargetFunction(Swap()), at: [1.5, -2], jacobian: [[0, 1], [1, 0]],
      provenance: "f = (y, x)"),
    DifferentiationScenario(
      "more outputs than inputs", TargetFunction(Monomials()), at: [1.5, -2],
      jacobian: [[-2, 1.5], [0, 0], [3, 0], [0, 12], [1, 0]], provenance: "f = (x y, 5, x², y³, x)"),
    DifferentiationScenario(
      "more inputs than outputs", TargetFunction(Contractions()), at: [1, 2, 3, -4, 5],
      jacobian: [[2, 1, 1, 0, 0], [0, 3, 2, 5, -4]], lengths: [1, 1, 1, 1, 1], valueSizes: [5, 26],
      provenance: "f = (x₀ x₁ + x₂, x₁ x₂ + x₃ x₄)"),
    DifferentiationScenario(
      "the array kernels", TargetFunction(ArrayKernels()), at: [1.5, -2, 0.5],
      jacobian: [[1, 1, 1], [3, -4, 1], [1, 2, 3], [4, 5, 6], [1.5, 0, 1.5]], lengths: [1, 1, 1],
      valueSizes: [4, 6.5, 8, 39, 3],
      provenance: "sum, dot of x with itself, a matrix of 2 × 3 times x, a weighted sum"),
    DifferentiationScenario(
      "named inputs", TargetFunction(ProductOfTwo(), inputs: ParameterLayout(names: ["width", "height"])),
      at: [1.5, -2],
      jacobian: [[-2, 1.5]], hessian: [[0, 1], [1, 0]], provenance: "f = x y"),
  ]
}

private struct NoInputs: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 7 }
}

private struct NoOutputs: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [] }
}

private struct Swap: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[1], x[0]] }
}

private struct Monomials: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [x[0] * x[1], 5, x[0] * x[0], S.pow(x[1], 3), x[0]]
  }
}

private struct Contractions: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [x[0] * x[1] + x[2], x[1] * x[2] + x[3] * x[4]]
  }
}

private struct ArrayKernels: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    let products = S.affine(weights: [1, 2, 3, 4, 5, 6], bias: [1, 20], input: x)
    let weights: [S] = [1, 0, 1]
    return [S.sum(x), S.dot(x, x)] + products + [1.5 * S.dot(weights[...], x[...])]
  }
}

private struct ProductOfTwo: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[0] * x[1] }
}
