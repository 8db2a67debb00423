// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Compositions of elementary functions.
extension ReferenceFunctions {
  static let compositions: [ReferenceFunction] = [
    ReferenceFunction("xToTheX", "exp(x*log(x))", ReferenceXToTheX(), ReferencePoints.xToTheX),
    ReferenceFunction("expOfMinusSquare", "exp(-x*x)", ReferenceExpOfMinusSquare(), ReferencePoints.expOfMinusSquare),
    ReferenceFunction("sinOfReciprocal", "sin(1/x)", ReferenceSinOfReciprocal(), ReferencePoints.sinOfReciprocal),
    ReferenceFunction("xTimesSin", "x*sin(x)", ReferenceXTimesSin(), ReferencePoints.xTimesSin),
    ReferenceFunction(
      "sqrtOfOnePlusSquare", "sqrt(1 + x*x)", ReferenceSqrtOfOnePlusSquare(),
      ReferencePoints.sqrtOfOnePlusSquare),
    ReferenceFunction("tanhOfLine", "tanh(3x - 1)", ReferenceTanhOfLine(), ReferencePoints.tanhOfLine),
    ReferenceFunction("rational", "(x*x + 1)/(x*x*x - 2)", ReferenceRational(), ReferencePoints.rational),
    ReferenceFunction("expOfSin", "exp(sin(x))", ReferenceExpOfSin(), ReferencePoints.expOfSin),
    ReferenceFunction("sinOfExp", "sin(exp(x))", ReferenceSinOfExp(), ReferencePoints.sinOfExp),
    ReferenceFunction("atanOfLog", "atan(log(x))", ReferenceAtanOfLog(), ReferencePoints.atanOfLog),
    ReferenceFunction("cubic", "x*x*x - 2x + 1", ReferenceCubic(), ReferencePoints.cubic),
    ReferenceFunction("runge", "1/(1 + 25x*x)", ReferenceRunge(), ReferencePoints.runge),
    ReferenceFunction(
      "gaussianDensity", "exp(-x*x/2)*0.3989422804014327", ReferenceGaussianDensity(),
      ReferencePoints.gaussianDensity),
    ReferenceFunction("logOfCosh", "log(cosh(x))", ReferenceLogOfCosh(), ReferencePoints.logOfCosh),
    ReferenceFunction("erfTimesExp", "erf(x)*exp(-x)", ReferenceErfTimesExp(), ReferencePoints.erfTimesExp),
  ]
}

private struct ReferenceXToTheX: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(x * log(x)) }
}

private struct ReferenceExpOfMinusSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(-(x * x)) }
}

private struct ReferenceSinOfReciprocal: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sin(1 / x) }
}

private struct ReferenceXTimesSin: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * sin(x) }
}

private struct ReferenceSqrtOfOnePlusSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(1 + x * x) }
}

private struct ReferenceTanhOfLine: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { tanh(3 * x - 1) }
}

private struct ReferenceRational: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { (x * x + 1) / (x * x * x - 2) }
}

private struct ReferenceExpOfSin: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(sin(x)) }
}

private struct ReferenceSinOfExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sin(exp(x)) }
}

private struct ReferenceAtanOfLog: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan(log(x)) }
}

private struct ReferenceCubic: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x - 2 * x + 1 }
}

private struct ReferenceRunge: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 1 / (1 + 25 * (x * x)) }
}

private struct ReferenceGaussianDensity: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(-(x * x) / 2) * 0.3989422804014327 }
}

private struct ReferenceLogOfCosh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(cosh(x)) }
}

private struct ReferenceErfTimesExp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { erf(x) * exp(-x) }
}
