// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Functions that contain a derivative: the inner and the outer perturbation must not meet (perturbation confusion,
// doi:10.1007/s10990-008-9037-1).
extension DifferentiationScenario {
  static let nesting: [DifferentiationScenario] = [
    DifferentiationScenario(
      "a derivative inside, by a sum", TargetFunction(DerivativeOfSum()), at: [1], jacobian: [[1]], hessian: [[0]],
      provenance: "f = x d/dy (x + y) at y = 1, which is x; a confused method says 2"),
    DifferentiationScenario(
      "a derivative inside, by a product", TargetFunction(DerivativeOfProduct()), at: [1.5], jacobian: [[12]],
      hessian: [[8]], provenance: "f = x d/dy (x y²) at y = 2, which is 4 x²"),
    DifferentiationScenario(
      "a derivative inside, of the outer variable", TargetFunction(DerivativeAtOuterPoint()), at: [1.5],
      jacobian: [[6.75]], hessian: [[9]], provenance: "f = d/dy (y⁴/4) at y = x, which is x³"),
  ]
}

private struct DerivativeOfSum: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    let y = Dual<S>(1, tangent: 1)
    return x * (Dual(constant: x) + y).tangent
  }
}

private struct DerivativeOfProduct: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    let y = Dual<S>(2, tangent: 1)
    return x * (Dual(constant: x) * y * y).tangent
  }
}

private struct DerivativeAtOuterPoint: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    let y = Dual<S>(x, tangent: 1)
    let square = y * y
    return (square * square * 0.25).tangent
  }
}
