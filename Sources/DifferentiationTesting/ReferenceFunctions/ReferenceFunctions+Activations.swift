// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Functions of neural networks and statistics.
extension ReferenceFunctions {
  static let activations: [ReferenceFunction] = [
    ReferenceFunction("erf", "erf(x)", ReferenceErf(), ReferencePoints.erf),
    ReferenceFunction("sigmoid", "1/(1 + exp(-x)), one operation", ReferenceSigmoid(), ReferencePoints.sigmoid),
    ReferenceFunction("softplus", "log(1 + exp(x)), one operation", ReferenceSoftplus(), ReferencePoints.softplus),
    ReferenceFunction(
      "logSigmoid", "-log(1 + exp(-x)), one operation", ReferenceLogSigmoid(),
      ReferencePoints.logSigmoid),
    ReferenceFunction("relu", "max(x, 0)", ReferenceRelu(), ReferencePoints.relu),
    ReferenceFunction("abs", "|x|", ReferenceAbs(), ReferencePoints.abs),
  ]
}

private struct ReferenceErf: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { erf(x) }
}

private struct ReferenceSigmoid: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sigmoid(x) }
}

private struct ReferenceSoftplus: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { softplus(x) }
}

private struct ReferenceLogSigmoid: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { logSigmoid(x) }
}

private struct ReferenceRelu: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { relu(x) }
}

private struct ReferenceAbs: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { abs(x) }
}
