// SPDX-License-Identifier: Apache-2.0

import Differentiation
import Testing

// begin: function
struct CubeAndSine: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x + S.sin(x) }
}
// end: function

/// The code of the course's chapters.
struct CourseExamples {
  @Test("Chapter 3: one function, with plain numbers and with dual ones")
  func dual() {
    // begin: dual
    let f = CubeAndSine()
    let plain = f(2.0)
    let both = f(Dual(2.0, tangent: 1.0))
    // plain is f(2); both.value is that too, and both.tangent is f'(2)
    // end: dual
    #expect(plain == both.value)
    #expect(plain == 8 + Double.sin(2))
    #expect(abs(both.tangent - (12 + Double.cos(2))) <= 4 * both.tangent.ulp)
  }
}
