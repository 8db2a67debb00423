// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Branches and loops steered by values. All numbers are exact in `Double`.
extension DifferentiationScenario {
  static let controlFlow: [DifferentiationScenario] = [
    DifferentiationScenario(
      "the left branch", TargetFunction(TwoBranches()), at: [0.5], jacobian: [[1]], hessian: [[2]],
      provenance: "f = x² for x < 1"),
    DifferentiationScenario(
      "the right branch", TargetFunction(TwoBranches()), at: [2], jacobian: [[-3]], hessian: [[0]],
      valueSizes: [6], provenance: "f = 7 - 3x for x ≥ 1"),
    DifferentiationScenario(
      "a loop until small", TargetFunction(HalvedUntilSmall()), at: [100], jacobian: [[0x1p-7]], hessian: [[0]],
      valueSizes: [8], provenance: "seven halvings: f = x / 128 + 7"),
    DifferentiationScenario(
      "a loop until large", TargetFunction(PowerUntilLarge()), at: [3], jacobian: [[5103]], hessian: [[10206]],
      provenance: "x⁷ is the first power above 1000"),
    DifferentiationScenario(
      "a choice without a branch", TargetFunction(Choices()), at: [-1.5, 2],
      jacobian: [[0, 1], [2, 0], [-1, 0], [-1, 0], [0, 4], [0, 1]], lengths: [1, 1],
      provenance: "relu, select, abs, min, clamp and max, away from their kinks"),
    DifferentiationScenario(
      "Newton's iteration", TargetFunction(SquareRootByNewton()), at: [4], jacobian: [[0.25]],
      hessian: [[-1.0 / 32]], suitsDifferences: false,
      provenance: "√x: the iteration ends where the value is a fixed point; its derivative contracts with it"),
  ]
}

private struct TwoBranches: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x < 1 ? x * x : 7 - 3 * x }
}

private struct HalvedUntilSmall: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    var halvings = 0.0
    while y > 1 {
      y = y / 2
      halvings += 1
    }
    return y + S(halvings)
  }
}

private struct PowerUntilLarge: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    while y < 1000 { y = y * x }
    return y
  }
}

private struct Choices: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [
      S.relu(x[0]) + S.relu(x[1]), S.select(x[0], isLessThan: x[1], then: 2 * x[0], else: x[1]), S.abs(x[0]),
      S.min(x[0] * -1, x[1]), S.clamp(x[0], lower: -1, upper: 1) + x[1] * x[1], S.max(x[0], x[1]),
    ]
  }
}

private struct SquareRootByNewton: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    // Two steps more than the value needs: the second derivative arrives two steps after it.
    for _ in 0..<12 { y = (y + x / y) * 0.5 }
    return y
  }
}
