// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about powers and roots: value, slope and curvature by every scalar.
struct DecisionsPowers {
  @Test func decision01ZeroToTheZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0.0 as S) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, x) }
    }
    try Decision("x⁰, integer", A(), at: 0, value: 1, first: 0, second: 0).check()
    try Decision("x⁰, integer", A(), at: .nan, value: 1, first: 0, second: 0).check()
    try Decision("xʸ with y = 0", B(), at: 0, value: .nan, first: .nan, second: .nan).check()
    try Decision("xˣ", C(), at: 0, value: .nan, first: .nan, second: .nan).check()
  }

  @Test func decision02XToTheZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0.0 as S) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 1.0 as S) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 2.0 as S) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0.5) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 1.5) }
    }
    try Decision("xʸ with y = 0", A(), at: 2, value: 1, first: 0, second: 0).check()
    try Decision("xʸ with y = 1", B(), at: 0, value: 0, first: 1, second: 0).check()
    try Decision("xʸ with y = 2", C(), at: 0, value: 0, first: 0, second: 2).check()
    try Decision("xʸ with y = ½", D(), at: 0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("xʸ with y = 3/2", E(), at: 0, value: 0, first: 0, second: .infinity).check()
  }

  @Test func decision03ZeroToTheY() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(0, x) }
    }
    try Decision("0ʸ", A(), at: 2, value: 0, first: 0, second: 0).check()
    try Decision("0ʸ", A(), at: -1, value: .infinity, first: -.infinity, second: .infinity).check()
  }

  @Test func decision04NegativeBase() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 2.0 as S) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 0.0 as S) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(-2, x) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 2) }
    }
    try Decision("xʸ", A(), at: -2, value: .nan, first: .nan, second: .nan).check()
    try Decision("xʸ with y = 0", B(), at: -2, value: .nan, first: .nan, second: .nan).check()
    try Decision("xʸ by y", C(), at: 2, value: .nan, first: .nan, second: .nan).check()
    try Decision("x², integer", D(), at: -2, value: 4, first: -4, second: 2).check()
  }

  @Test func decision05IntegerPowers() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, -1) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, -2) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, 1) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, .min) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { pow(x, .max) }
    }
    try Decision("x⁻¹", A(), at: 0, value: .infinity, first: -.infinity, second: .infinity).check()
    try Decision("x⁻²", B(), at: 0, value: .infinity, first: -.infinity, second: .infinity).check()
    try Decision("x¹", C(), at: 0, value: 0, first: 1, second: 0).check()
    try Decision("x^Int.min", D(), at: 1, value: 1, first: -0x1p63, second: 0x1p126).check()
    try Decision("x^Int.min", D(), at: 2, value: 0, first: 0, second: 0).check()
    try Decision("x^Int.max", E(), at: 1, value: 1, first: 0x1p63, second: 0x1p126).check()
  }

  @Test func decision06SquareRootAtZero() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { sqrt(x) }
    }
    try Decision("√x", A(), at: 0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("√x", A(), at: -0.0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("√x", A(), at: -1, value: .nan, first: .nan, second: .nan).check()
    try Decision("√x", A(), at: .infinity, value: .infinity, first: 0, second: 0).check()
  }

  @Test func decision07Roots() throws {
    struct A: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 3) }
    }
    struct B: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 4) }
    }
    struct C: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 1) }
    }
    struct D: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, -1) }
    }
    struct E: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { root(x, 0) }
    }
    try Decision("∛x", A(), at: -8, value: -2, first: 1.0 / 12, second: 1.0 / 144).check()
    try Decision("∛x", A(), at: 0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("∛x", A(), at: .infinity, value: .infinity, first: 0, second: 0).check()
    try Decision("⁴√x", B(), at: 0, value: 0, first: .infinity, second: -.infinity).check()
    try Decision("⁴√x", B(), at: -16, value: .nan, first: .nan, second: .nan).check()
    try Decision("¹√x", C(), at: 0, value: 0, first: 1, second: 0).check()
    try Decision("⁻¹√x", D(), at: 0, value: .infinity, first: -.infinity, second: .infinity).check()
    try Decision("⁰√x", E(), at: 2, value: .infinity, first: .nan, second: .nan).check()
  }
}
