// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Circular functions and their inverses.
extension ReferenceFunctions {
  static let trigonometric: [ReferenceFunction] = [
    ReferenceFunction("sin", "sin(x)", ReferenceSin(), ReferencePoints.sin),
    ReferenceFunction("cos", "cos(x)", ReferenceCos(), ReferencePoints.cos),
    ReferenceFunction("tan", "tan(x)", ReferenceTan(), ReferencePoints.tan),
    ReferenceFunction("asin", "asin(x)", ReferenceAsin(), ReferencePoints.asin),
    ReferenceFunction("acos", "acos(x)", ReferenceAcos(), ReferencePoints.acos),
    ReferenceFunction("atan", "atan(x)", ReferenceAtan(), ReferencePoints.atan),
  ]
}

private struct ReferenceSin: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sin(x) }
}

private struct ReferenceCos: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { cos(x) }
}

private struct ReferenceTan: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { tan(x) }
}

private struct ReferenceAsin: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { asin(x) }
}

private struct ReferenceAcos: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { acos(x) }
}

private struct ReferenceAtan: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan(x) }
}
