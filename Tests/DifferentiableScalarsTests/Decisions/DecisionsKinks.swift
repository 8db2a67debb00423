// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about kinks, ties and NaN: value, slope and curvature by every scalar.
struct DecisionsKinks {
  @Test func decision08AbsoluteValueAtZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.abs(x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x.magnitude }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { abs(x) }
    }
    try Decision("|x|", A(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("|x|", A(), at: -0.0, value: 0, first: 0, second: 0).check()
    try Decision("|x|", A(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision("magnitude", B(), at: -3, value: 3, first: -1, second: 0).check()
    try Decision("abs of the standard library", C(), at: -3, value: 3, first: -1, second: 0).check()
  }

  @Test func decision09RectifierAtZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { relu(x) }
    }
    try Decision("relu", A(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("relu", A(), at: -0.0, value: 0, first: 0, second: 0).check()
    try Decision("relu", A(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision("relu", A(), at: .infinity, value: .infinity, first: 1, second: 0).check()
    try Decision("relu", A(), at: -.infinity, value: 0, first: 0, second: 0).check()
  }

  @Test func decision10LeakyRectifierAtZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { leakyRelu(x, negativeSlope: 0.25) }
    }
    try Decision("leaky relu", A(), at: 0, value: 0, first: 0.25, second: 0).check()
    try Decision("leaky relu", A(), at: -2, value: -0.5, first: 0.25, second: 0).check()
    try Decision("leaky relu", A(), at: 2, value: 2, first: 1, second: 0).check()
    try Decision("leaky relu", A(), at: .nan, value: .nan, first: .nan, second: .nan).check()
  }

  @Test func decision11ClampAtItsBounds() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { clamp(x, lower: 0, upper: 1) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { clamp(x, lower: 1, upper: 0) }
    }
    try Decision("clamp to [0, 1]", A(), at: 0, value: 0, first: 0.5, second: 0).check()
    try Decision("clamp to [0, 1]", A(), at: 1, value: 1, first: 0.5, second: 0).check()
    try Decision("clamp to [0, 1]", A(), at: 0.5, value: 0.5, first: 1, second: 0).check()
    try Decision("clamp to [0, 1]", A(), at: 2, value: 1, first: 0, second: 0).check()
    try Decision("clamp to [0, 1]", A(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision("clamp to [1, 0]", B(), at: 0.5, value: 0, first: 0, second: 0).check()
  }

  @Test func decision12TiesOfMinimumAndMaximum() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, 1) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.min(x, 1) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, 2 - x) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, S(Double.infinity)) }
    }
    struct F: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.min(x, S(-Double.infinity)) }
    }
    struct G: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x * x, x) }
    }
    try Decision("S.max(x, 1)", A(), at: 1, value: 1, first: 0.5, second: 0).check()
    try Decision("S.min(x, 1)", B(), at: 1, value: 1, first: 0.5, second: 0).check()
    try Decision("S.max(x, x)", C(), at: 2, value: 2, first: 1, second: 0).check()
    try Decision("S.max(x, 2 - x)", D(), at: 1, value: 1, first: 0, second: 0).check()
    try Decision("S.max(x, ∞)", E(), at: .infinity, value: .infinity, first: 0.5, second: 0).check()
    try Decision("S.min(x, -∞)", F(), at: -.infinity, value: -.infinity, first: 0.5, second: 0).check()
    try Decision("S.max(x², x)", G(), at: 1, value: 1, first: 1.5, second: 1).check()
  }

  @Test func decision13NotANumberInMinimumAndMaximum() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, 1) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.min(1, x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.max(x, S(Double.nan)) }
    }
    try Decision("S.max(x, 1)", A(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision("S.min(1, x)", B(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision("S.max(x, NaN)", C(), at: 1, value: .nan, first: .nan, second: .nan).check()
  }
}
