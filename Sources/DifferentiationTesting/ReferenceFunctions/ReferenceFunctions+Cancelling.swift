// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Formulas that lose digits as they are written: a method is measured by what they leave.
extension ReferenceFunctions {
  static let cancelling: [ReferenceFunction] = [
    ReferenceFunction(
      "logOfOnePlusExp", "log(1 + exp(x)), operation by operation", ReferenceLogOfOnePlusExp(),
      ReferencePoints.logOfOnePlusExp),
    ReferenceFunction(
      "expOverOnePlusExp", "exp(x)/(1 + exp(x)), operation by operation", ReferenceExpOverOnePlusExp(),
      ReferencePoints.expOverOnePlusExp),
    ReferenceFunction("sinc", "sin(x)/x", ReferenceSinc(), ReferencePoints.sinc),
    ReferenceFunction(
      "oneMinusCosOverSquare", "(1 - cos(x))/(x*x)", ReferenceOneMinusCosOverSquare(),
      ReferencePoints.oneMinusCosOverSquare),
    ReferenceFunction(
      "cancellingCubes", "(x + 1)^3 - x^3 - 3x*x, which is 3x + 1", ReferenceCancellingCubes(),
      ReferencePoints.cancellingCubes),
    ReferenceFunction(
      "differenceOfRoots", "sqrt(x + 1) - sqrt(x)", ReferenceDifferenceOfRoots(),
      ReferencePoints.differenceOfRoots),
  ]
}

private struct ReferenceLogOfOnePlusExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(1 + exp(x)) }
}

private struct ReferenceExpOverOnePlusExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(x) / (1 + exp(x)) }
}

private struct ReferenceSinc: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sin(x) / x }
}

private struct ReferenceOneMinusCosOverSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { (1 - cos(x)) / (x * x) }
}

private struct ReferenceCancellingCubes: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x + 1, 3) - pow(x, 3) - 3 * (x * x) }
}

private struct ReferenceDifferenceOfRoots: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(x + 1) - sqrt(x) }
}
