// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Functions of two arguments along a line.
extension ReferenceFunctions {
  static let ofTwoArguments: [ReferenceFunction] = [
    ReferenceFunction(
      "atan2OfXAnd2", "atan2(x, 2): y = x, abscissa 2", ReferenceAtan2OfXAnd2(),
      ReferencePoints.atan2OfXAnd2),
    ReferenceFunction(
      "atan2Of1AndX", "atan2(1, x): y = 1, abscissa x", ReferenceAtan2Of1AndX(),
      ReferencePoints.atan2Of1AndX),
    ReferenceFunction("hypotOfXAnd3", "hypot(x, 3)", ReferenceHypotOfXAnd3(), ReferencePoints.hypotOfXAnd3),
    ReferenceFunction(
      "hypotOfSinAndCos", "hypot(sin(x), cos(x)), which is 1", ReferenceHypotOfSinAndCos(),
      ReferencePoints.hypotOfSinAndCos),
  ]
}

private struct ReferenceAtan2OfXAnd2: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, 2) }
}

private struct ReferenceAtan2Of1AndX: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(1, x) }
}

private struct ReferenceHypotOfXAnd3: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, 3) }
}

private struct ReferenceHypotOfSinAndCos: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(sin(x), cos(x)) }
}
