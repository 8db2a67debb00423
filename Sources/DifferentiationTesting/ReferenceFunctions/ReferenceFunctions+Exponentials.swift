// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Exponentials and logarithms.
extension ReferenceFunctions {
  static let exponentials: [ReferenceFunction] = [
    ReferenceFunction("exp", "exp(x)", ReferenceExp(), ReferencePoints.exp),
    ReferenceFunction("expMinusOne", "expm1(x)", ReferenceExpMinusOne(), ReferencePoints.expMinusOne),
    ReferenceFunction("log", "log(x)", ReferenceLog(), ReferencePoints.log),
    ReferenceFunction("logOnePlus", "log1p(x)", ReferenceLogOnePlus(), ReferencePoints.logOnePlus),
    ReferenceFunction("twoToTheX", "2^x", ReferenceTwoToTheX(), ReferencePoints.twoToTheX),
    ReferenceFunction(
      "logSumExp", "log(exp(x) + exp(2x) + exp(1)), one operation", ReferenceLogSumExp(),
      ReferencePoints.logSumExp),
  ]
}

private struct ReferenceExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(x) }
}

private struct ReferenceExpMinusOne: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { expMinusOne(x) }
}

private struct ReferenceLog: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(x) }
}

private struct ReferenceLogOnePlus: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(onePlus: x) }
}

private struct ReferenceTwoToTheX: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(2, x) }
}

private struct ReferenceLogSumExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.logSumExp([x, 2 * x, 1]) }
}
