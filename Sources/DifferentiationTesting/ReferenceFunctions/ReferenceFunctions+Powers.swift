// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Roots and powers.
extension ReferenceFunctions {
  static let powers: [ReferenceFunction] = [
    ReferenceFunction("sqrt", "sqrt(x)", ReferenceSqrt(), ReferencePoints.sqrt),
    ReferenceFunction("root3", "real cube root of x", ReferenceRoot3(), ReferencePoints.root3),
    ReferenceFunction("root5", "real fifth root of x", ReferenceRoot5(), ReferencePoints.root5),
    ReferenceFunction("power0", "x^0, integer exponent", ReferencePower0(), ReferencePoints.power0),
    ReferenceFunction("power1", "x^1, integer exponent", ReferencePower1(), ReferencePoints.power1),
    ReferenceFunction("power2", "x^2, integer exponent", ReferencePower2(), ReferencePoints.power2),
    ReferenceFunction("power3", "x^3, integer exponent", ReferencePower3(), ReferencePoints.power3),
    ReferenceFunction("power4", "x^4, integer exponent", ReferencePower4(), ReferencePoints.power4),
    ReferenceFunction("power5", "x^5, integer exponent", ReferencePower5(), ReferencePoints.power5),
    ReferenceFunction("power6", "x^6, integer exponent", ReferencePower6(), ReferencePoints.power6),
    ReferenceFunction("power7", "x^7, integer exponent", ReferencePower7(), ReferencePoints.power7),
    ReferenceFunction("powerMinus1", "x^(-1), integer exponent", ReferencePowerMinus1(), ReferencePoints.powerMinus1),
    ReferenceFunction("powerMinus3", "x^(-3), integer exponent", ReferencePowerMinus3(), ReferencePoints.powerMinus3),
    ReferenceFunction("power2Point5", "x^2.5, real exponent", ReferencePower2Point5(), ReferencePoints.power2Point5),
    ReferenceFunction(
      "powerMinus0Point5", "x^(-0.5), real exponent", ReferencePowerMinus0Point5(),
      ReferencePoints.powerMinus0Point5),
    ReferenceFunction("reciprocal", "1/x, a division", ReferenceReciprocal(), ReferencePoints.reciprocal),
  ]
}

private struct ReferenceSqrt: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(x) }
}

private struct ReferenceRoot3: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 3) }
}

private struct ReferenceRoot5: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 5) }
}

private struct ReferencePower0: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0) }
}

private struct ReferencePower1: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 1) }
}

private struct ReferencePower2: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 2) }
}

private struct ReferencePower3: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 3) }
}

private struct ReferencePower4: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 4) }
}

private struct ReferencePower5: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 5) }
}

private struct ReferencePower6: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 6) }
}

private struct ReferencePower7: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 7) }
}

private struct ReferencePowerMinus1: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, -1) }
}

private struct ReferencePowerMinus3: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, -3) }
}

private struct ReferencePower2Point5: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 2.5) }
}

private struct ReferencePowerMinus0Point5: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, -0.5) }
}

private struct ReferenceReciprocal: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 1 / x }
}
