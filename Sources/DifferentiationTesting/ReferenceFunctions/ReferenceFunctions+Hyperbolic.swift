// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Hyperbolic functions and their inverses.
extension ReferenceFunctions {
  static let hyperbolic: [ReferenceFunction] = [
    ReferenceFunction("sinh", "sinh(x)", ReferenceSinh(), ReferencePoints.sinh),
    ReferenceFunction("cosh", "cosh(x)", ReferenceCosh(), ReferencePoints.cosh),
    ReferenceFunction("tanh", "tanh(x)", ReferenceTanh(), ReferencePoints.tanh),
    ReferenceFunction("asinh", "asinh(x)", ReferenceAsinh(), ReferencePoints.asinh),
    ReferenceFunction("acosh", "acosh(x)", ReferenceAcosh(), ReferencePoints.acosh),
    ReferenceFunction("atanh", "atanh(x)", ReferenceAtanh(), ReferencePoints.atanh),
  ]
}

private struct ReferenceSinh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sinh(x) }
}

private struct ReferenceCosh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { cosh(x) }
}

private struct ReferenceTanh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { tanh(x) }
}

private struct ReferenceAsinh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { asinh(x) }
}

private struct ReferenceAcosh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { acosh(x) }
}

private struct ReferenceAtanh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atanh(x) }
}
