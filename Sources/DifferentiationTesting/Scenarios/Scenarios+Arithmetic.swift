// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Polynomials at dyadic points: every intermediate number is exact in `Double`, and so is every answer.
extension DifferentiationScenario {
  static let arithmetic: [DifferentiationScenario] = [
    DifferentiationScenario(
      "a constant", TargetFunction(Constant()), at: [1.5, -2], jacobian: [[0, 0]], hessian: [[0, 0], [0, 0]],
      provenance: "f = 3"),
    DifferentiationScenario(
      "an input returned unchanged", TargetFunction(SecondInput()), at: [1.5, -2], jacobian: [[0, 1]],
      hessian: [[0, 0], [0, 0]], provenance: "f = y"),
    DifferentiationScenario(
      "x * x", TargetFunction(SquareByProduct()), at: [3], jacobian: [[6]], hessian: [[2]], provenance: "f = x²"),
    DifferentiationScenario(
      "x + x", TargetFunction(DoubleBySum()), at: [3], jacobian: [[2]], hessian: [[0]], provenance: "f = 2x"),
    DifferentiationScenario(
      "x - x", TargetFunction(ZeroByDifference()), at: [3], jacobian: [[0]], hessian: [[0]], jacobianSizes: [[2]],
      valueSizes: [3], provenance: "f = 0"),
    DifferentiationScenario(
      "x / x", TargetFunction(OneByQuotient()), at: [3], jacobian: [[0]], hessian: [[0]], jacobianSizes: [[2.0 / 3]],
      hessianSizes: [[4.0 / 9]], provenance: "f = 1"),
    DifferentiationScenario(
      "a cube", TargetFunction(Cube()), at: [-1.5], jacobian: [[6.75]], hessian: [[-9]], provenance: "f = x³"),
    DifferentiationScenario(
      "Rosenbrock's valley", TargetFunction(Rosenbrock()), at: [-1.5, 1], jacobian: [[-755, -250]],
      hessian: [[2302, 600], [600, 200]], jacobianSizes: [[755, 250]], hessianSizes: [[3102, 600], [600, 200]],
      provenance: "f = 100 (y - x²)² + (1 - x)², doi:10.1093/comjnl/3.3.175; exact at dyadic points"),
    DifferentiationScenario(
      "digits cancel", TargetFunction(ExpandedSquare()), at: [1 + 0x1p-20], jacobian: [[0x1p-19]], hessian: [[2]],
      jacobianSizes: [[4]], lengths: [1], valueSizes: [4], suitsDifferences: false,
      provenance: "f = x² - 2x + 1 = (x - 1)²"),
    manyInputs,
  ]

  /// Nineteen inputs: two full batches of eight and a rest, in integers.
  private static let manyInputs: DifferentiationScenario = {
    let n = 19
    let x = (0..<n).map { Double($0 % 5 - 2) }
    var gradient = Array(repeating: 0.0, count: n)
    var hessian = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    var sizes = gradient
    for i in 0..<(n - 1) {
      gradient[i] += 2 * x[i] * x[i + 1]
      gradient[i + 1] += x[i] * x[i]
      sizes[i] += (2 * x[i] * x[i + 1]).magnitude
      sizes[i + 1] += x[i] * x[i]
      hessian[i][i] += 2 * x[i + 1]
      hessian[i][i + 1] += 2 * x[i]
      hessian[i + 1][i] += 2 * x[i]
    }
    return DifferentiationScenario(
      "nineteen inputs", TargetFunction(ChainOfSquares()), at: x, jacobian: [gradient], hessian: hessian,
      jacobianSizes: [sizes], lengths: Array(repeating: 1, count: n), valueSizes: [40],
      provenance: "f = Σ xᵢ² xᵢ₊₁, in integers by the formula")
  }()
}

private struct Constant: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 3 }
}

private struct SecondInput: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[1] }
}

private struct SquareByProduct: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x }
}

private struct DoubleBySum: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x + x }
}

private struct ZeroByDifference: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x - x }
}

private struct OneByQuotient: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x / x }
}

private struct Cube: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x }
}

private struct Rosenbrock: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    let a = x[1] - x[0] * x[0]
    let b = 1 - x[0]
    return 100 * a * a + b * b
  }
}

private struct ExpandedSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x - 2 * x + 1 }
}

private struct ChainOfSquares: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in x.indices.dropLast() { total += x[i] * x[i] * x[i + 1] }
    return total
  }
}
