// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about edges of domains and singular points: value, slope and curvature by every scalar.
struct DecisionsEdges {
  @Test func decision14LogarithmAtZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(x) }
    }
    try Decision("log", A(), at: 0, value: -.infinity, first: .infinity, second: -.infinity).check()
    try Decision("log", A(), at: -0.0, value: -.infinity, first: .infinity, second: -.infinity).check()
    try Decision("log", A(), at: -1, value: .nan, first: .nan, second: .nan).check()
    try Decision("log", A(), at: .infinity, value: .infinity, first: 0, second: 0).check()
  }

  @Test func decision15LogarithmOfOnePlusAtMinusOne() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { log(onePlus: x) }
    }
    try Decision("log1p", A(), at: -1, value: -.infinity, first: .infinity, second: -.infinity).check()
    try Decision("log1p", A(), at: -2, value: .nan, first: .nan, second: .nan).check()
  }

  @Test func decision16EdgesOfInverseFunctions() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { asin(x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { acos(x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { acosh(x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atanh(x) }
    }
    try Decision("asin", A(), at: 1, value: .pi / 2, first: .infinity, second: .infinity).check()
    try Decision("asin", A(), at: -1, value: -.pi / 2, first: .infinity, second: -.infinity).check()
    try Decision("asin", A(), at: 2, value: .nan, first: .nan, second: .nan).check()
    try Decision("acos", B(), at: 1, value: 0, first: -.infinity, second: -.infinity).check()
    try Decision("acosh", C(), at: 1, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("acosh", C(), at: 0.5, value: .nan, first: .nan, second: .nan).check()
    try Decision("atanh", D(), at: 1, value: .infinity, first: .infinity, second: .infinity).check()
    try Decision("atanh", D(), at: 2, value: .nan, first: .nan, second: .nan).check()
  }

  @Test func decision17AngleOfTheOrigin() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, 0) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(0, x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, 1) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, -1) }
    }
    try Decision("atan2(x, 0)", A(), at: 0, value: 0, first: .nan, second: .nan).check()
    try Decision("atan2(0, x)", B(), at: 0, value: 0, first: .nan, second: .nan).check()
    try Decision("atan2(0, x)", B(), at: -1, value: .pi, first: 0, second: 0).check()
    try Decision("atan2(x, 1)", C(), at: 0, value: 0, first: 1, second: 0).check()
    try Decision("atan2(x, -1)", D(), at: 0, value: .pi, first: -1, second: 0).check()
  }

  @Test func decision18HypotenuseAtTheOrigin() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, 0) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, 1) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { hypot(x, 1e200) }
    }
    try Decision("hypot(x, 0)", A(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("hypot(x, 0)", A(), at: -2, value: 2, first: -1, second: 0).check()
    try Decision("hypot(x, x)", B(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("hypot(x, 1)", C(), at: .nan, value: .nan, first: .nan, second: .nan).check()
    try Decision(
      "hypot(x, 10²⁰⁰)", D(), at: 1e200, value: 1.4142135623730951e200, first: 0.7071067811865475,
      second: 3.5355339059327377e-201
    ).check()
  }
}
