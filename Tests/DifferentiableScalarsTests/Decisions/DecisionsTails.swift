// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about far tails and infinite arguments: value, slope and curvature by every scalar.
struct DecisionsTails {
  @Test func decision19FarTailsOfTheSigmoid() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sigmoid(x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { logSigmoid(x) }
    }
    try Decision("σ", A(), at: 1000, value: 1, first: 0, second: 0).check()
    try Decision("σ", A(), at: -1000, value: 0, first: 0, second: 0).check()
    try Decision("σ", A(), at: .infinity, value: 1, first: 0, second: 0).check()
    try Decision("σ", A(), at: -.infinity, value: 0, first: 0, second: 0).check()
    try Decision("log σ", B(), at: -1000, value: -1000, first: 1, second: 0).check()
  }

  @Test func decision20FarTailsOfSoftplus() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { softplus(x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.logisticLoss(logit: x, target: 1) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.logisticLoss(logit: x, target: 0) }
    }
    try Decision("softplus", A(), at: 1000, value: 1000, first: 1, second: 0).check()
    try Decision("softplus", A(), at: -1000, value: 0, first: 0, second: 0).check()
    try Decision("softplus", A(), at: .infinity, value: .infinity, first: 1, second: 0).check()
    try Decision("logistic loss, target 1", B(), at: 1000, value: 0, first: 0, second: 0).check()
    try Decision("logistic loss, target 1", B(), at: -1000, value: 1000, first: -1, second: 0).check()
    try Decision("logistic loss, target 1", B(), at: .infinity, value: 0, first: 0, second: 0).check()
    try Decision("logistic loss, target 0", C(), at: 1000, value: 1000, first: 1, second: 0).check()
  }

  @Test func decision21FarTailsOfTheErrorFunction() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { erf(x) }
    }
    try Decision("erf", A(), at: 1000, value: 1, first: 0, second: 0).check()
    try Decision("erf", A(), at: -30, value: -1, first: 0, second: 0).check()
    try Decision("erf", A(), at: .infinity, value: 1, first: 0, second: 0).check()
  }

  @Test func decision22FarTailsOfTheHyperbolicTangent() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { tanh(x) }
    }
    try Decision("tanh", A(), at: 1000, value: 1, first: 0, second: 0).check()
    try Decision("tanh", A(), at: -1000, value: -1, first: 0, second: 0).check()
    try Decision("tanh", A(), at: .infinity, value: 1, first: 0, second: 0).check()
  }

  @Test func decision31InfiniteArguments() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { exp(x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan(x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { asinh(x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, 1) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, x) }
    }
    struct F: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(1, x) }
    }
    struct G: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, 1) }
    }
    try Decision("exp", A(), at: -.infinity, value: 0, first: 0, second: 0).check()
    try Decision("exp", A(), at: 1000, value: .infinity, first: .infinity, second: .infinity).check()
    try Decision("atan", B(), at: .infinity, value: .pi / 2, first: 0, second: 0).check()
    try Decision("asinh", C(), at: .infinity, value: .infinity, first: 0, second: 0).check()
    try Decision("hypot(x, 1)", D(), at: .infinity, value: .infinity, first: 1, second: 0).check()
    try Decision("hypot(x, x)", E(), at: .infinity, value: .infinity, first: .nan, second: .nan).check()
    try Decision("atan2(1, x)", F(), at: .infinity, value: 0, first: 0, second: 0).check()
    try Decision("atan2(x, 1)", G(), at: .infinity, value: .pi / 2, first: 0, second: 0).check()
  }
}
