// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about strong zeros, selection, division and branches: value, slope and curvature by every scalar.
struct DecisionsArithmetic {
  @Test func decision23ZeroTimesInfinity() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(x * x) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(x) * sqrt(x) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * sqrt(x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 0 * sqrt(x) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * log(x) }
    }
    try Decision("√(x²)", A(), at: 0, value: 0, first: 0, second: .infinity).check()
    try Decision("(√x)²", B(), at: 0, value: 0, first: 0, second: .infinity).check()
    try Decision("x √x", C(), at: 0, value: 0, first: 0, second: .infinity).check()
    try Decision("0 √x", D(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("x log x", E(), at: 0, value: .nan, first: -.infinity, second: .infinity).check()
  }

  @Test func decision24SelectionTakesNothingFromTheOther() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { select(0, isLessThan: x, then: sqrt(x), else: 0) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { select(0, isLessThan: x, then: log(x), else: 0) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { select(1, isLessThan: x, then: 1 / x, else: x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { select(x, isLessThan: 0, then: 1, else: 2) }
    }
    try Decision("√x where x > 0, else 0", A(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("log x where x > 0, else 0", B(), at: -1, value: 0, first: 0, second: 0).check()
    try Decision("1/x where x > 1, else x", C(), at: 0, value: 0, first: 1, second: 0).check()
    try Decision("a choice with NaN takes the second", D(), at: .nan, value: 2, first: 0, second: 0).check()
  }

  @Test func decision25DivisionByZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 1 / x }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x / x }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x / 0 }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x.reciprocal ?? -7 }
    }
    try Decision("the reciprocal", D(), at: 0, value: .infinity, first: -.infinity, second: .infinity).check()
    try Decision("the reciprocal", D(), at: -0.0, value: -.infinity, first: -.infinity, second: -.infinity).check()
    try Decision("the reciprocal", D(), at: -2, value: -0.5, first: -0.25, second: -0.25).check()
    try Decision("no reciprocal: subnormal", D(), at: 1e308, value: -7, first: 0, second: 0).check()
    try Decision("no reciprocal: overflow", D(), at: 1e-310, value: -7, first: 0, second: 0).check()
    try Decision("1/x", A(), at: 0, value: .infinity, first: -.infinity, second: .infinity).check()
    try Decision("1/x", A(), at: -0.0, value: -.infinity, first: -.infinity, second: -.infinity).check()
    try Decision("x/x", B(), at: 0, value: .nan, first: .nan, second: .nan).check()
    try Decision("x/0", C(), at: 1, value: .infinity, first: .infinity, second: 0).check()
  }

  @Test func decision26BranchesAndComparison() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x == 0 ? 0 : x }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x < 1 ? x * x : x }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x <= 0 ? 1 : 2 }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x >= 0 ? 1 : 2 }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { !(x > 0) ? 1 : 2 }
    }
    try Decision("0 where x == 0, else x", A(), at: 0, value: 0, first: 0, second: 0).check()
    try Decision("x² where x < 1, else x", B(), at: 1, value: 1, first: 1, second: 0).check()
    try Decision("1 where x ≤ 0, else 2", C(), at: .nan, value: 2, first: 0, second: 0).check()
    try Decision("1 where x ≥ 0, else 2", D(), at: .nan, value: 2, first: 0, second: 0).check()
    try Decision("1 where not x > 0, else 2", E(), at: .nan, value: 1, first: 0, second: 0).check()
  }

  @Test func decision28NegativeZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { -x }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { atan2(x, -1) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 3) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sin(x) }
    }
    try Decision("-x", A(), at: 0, value: 0, first: -1, second: 0).check()
    try Decision("x³", B(), at: -0.0, value: 0, first: 0, second: 0).check()
    try Decision("atan2(x, -1)", C(), at: -0.0, value: -.pi, first: -1, second: 0).check()
    try Decision("∛x", D(), at: -0.0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("sin", E(), at: -0.0, value: 0, first: 1, second: 0).check()
  }

  @Test func decision32LinearOperationsOnNaN() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { 3 * x }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x + 1 }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x }
    }
    try Decision("3x", A(), at: .nan, value: .nan, first: 3, second: 0).check()
    try Decision("x + 1", B(), at: .nan, value: .nan, first: 1, second: 0).check()
    try Decision("x²", C(), at: .nan, value: .nan, first: .nan, second: 2).check()
  }
}
