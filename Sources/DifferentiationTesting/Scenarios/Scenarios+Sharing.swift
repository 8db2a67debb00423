// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Results that are used more than once, and long chains. All numbers are exact in `Double`.
extension DifferentiationScenario {
  static let sharing: [DifferentiationScenario] = [
    DifferentiationScenario(
      "a shared product", TargetFunction(SharedProduct()), at: [1.5, -2], jacobian: [[20, -15]],
      hessian: [[16, -22], [-22, 9]], jacobianSizes: [[28, 21]], hessianSizes: [[16, 26], [26, 9]],
      valueSizes: [24], provenance: "u = x y = -3, f = 2u² + 2u"),
    DifferentiationScenario(
      "thirty doublings", TargetFunction(Doublings(count: 30)), at: [0.75], jacobian: [[0x1p30]], hessian: [[0]],
      provenance: "2³⁰ paths lead from the input to the output; f = 2³⁰ x"),
    DifferentiationScenario(
      "ten squarings", TargetFunction(Squarings(count: 10)), at: [1], jacobian: [[1024]],
      hessian: [[1024 * 1023]], lengths: [0x1p-10], suitsDifferences: false, provenance: "f = x¹⁰²⁴"),
    DifferentiationScenario(
      "a hundred thousand operations", TargetFunction(LongChain(rounds: 50_000)), at: [1.25], jacobian: [[2.5]],
      hessian: [[2]], provenance: "50,000 times 2y/2, then y²; exact"),
  ]
}

private struct SharedProduct: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    let u = x[0] * x[1]
    let v = u + u
    return u * v + v
  }
}

private struct Doublings: UnivariateFunction {
  let count: Int
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    for _ in 0..<count { y = y + y }
    return y
  }
}

private struct Squarings: UnivariateFunction {
  let count: Int
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    for _ in 0..<count { y = y * y }
    return y
  }
}

private struct LongChain: UnivariateFunction {
  let rounds: Int
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    var y = x
    for _ in 0..<rounds {
      y = y + y
      y = y * 0.5
    }
    return y * y
  }
}
