// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// The published examples of perturbation confusion: each gives a wrong answer where tangents of two derivatives that are
/// taken at once can mix.
struct NestedDerivativeTests {
  /// y ↦ x + y, and y ↦ x y.
  private struct Sum<Base: DifferentiableScalar>: NestedFunction {
    let x: Base
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S { lifting(x) + y }
  }

  private struct Product<Base: DifferentiableScalar>: NestedFunction {
    let x: Base
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S { lifting(x) * y }
  }

  private struct TimesSlopeOfSum<Base: DifferentiableScalar>: NestedFunction, UnivariateFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * derivative(of: Sum(x: x), at: 1) }
    func callAsFunction<S: DifferentiableScalar>(_ x: S, lifting: (Base) -> S) -> S { self(x) }
  }

  private struct TimesSlopeOfProduct: UnivariateFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * derivative(of: Product(x: x), at: 1) }
  }

  /// D(x ↦ x · D(y ↦ x + y, 1), 1) = 1: Siskind and Pearlmutter 2005; ForwardDiff.jl issue 83.
  @Test func siskindAndPearlmutter() throws {
    #expect(derivative(of: TimesSlopeOfSum<Double>(), at: 1) == 1)
    for (scalar, slope) in try SecondOrder.slopes(TimesSlopeOfSum<Double>(), at: 1) { #expect(slope == 1, "\(scalar)") }
    for result in try SecondOrder.all(TimesSlopeOfSum<Double>(), at: 1) {
      #expect([result.first, result.second] == [1, 0], "\(result)")
    }
  }

  /// D(x ↦ x · D(y ↦ x y, 1), 4) = 8: ReverseDiff.jl issue 45.
  @Test func reverseModeInside() throws {
    for (scalar, slope) in try SecondOrder.slopes(TimesSlopeOfProduct(), at: 4) { #expect(slope == 8, "\(scalar)") }
    for result in try SecondOrder.all(TimesSlopeOfProduct(), at: 4) {
      #expect([result.first, result.second] == [8, 2], "\(result)")
    }
  }

  /// One type of function for both levels, which defeats tags made from the function's type: ForwardDiff.jl issue 313.
  private struct Confuse<Base: DifferentiableScalar>: NestedFunction {
    let isOuter: Bool
    let x: Base
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S {
      isOuter ? y * derivative(of: Confuse<S>(isOuter: false, x: y), at: 1) : lifting(x) + y
    }
  }

  @Test func confuse() {
    #expect(derivative(of: Confuse<Double>(isOuter: true, x: 0), at: 1) == 1)
  }

  /// A closure that multiplies a variable of the level outside by its argument, differentiated twice: ForwardDiff.jl
  /// issue 443, answered 2 where the second call sees the first one's tangent. Here the variable outside has the type of
  /// its level, so that only the value can be kept: x · y as a number of the inner type does not fit.
  private final class Kept<Base: DifferentiableScalar>: NestedFunction {
    var x: Base
    init(_ x: Base) { self.x = x }
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S {
      let product = lifting(x) * y
      x = Base(product.primal) - x.detached + x
      return product
    }
  }

  private struct MutatedClosure: UnivariateFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
      let f = Kept(x)
      _ = derivative(of: f, at: 1)
      return derivative(of: f, at: 1)
    }
  }

  @Test func mutatedClosure() throws {
    for (scalar, slope) in try SecondOrder.slopes(MutatedClosure(), at: 1) { #expect(slope == 1, "\(scalar)") }
    #expect(MutatedClosure()(1.0) == 1)
  }

  /// d²/dx² and d³/dx³ by nesting the same call: x⁴ at 2 gives 48 and 48.
  private struct Power4<Base: DifferentiableScalar>: NestedFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S, lifting: (Base) -> S) -> S { pow(x, 4) }
  }

  private struct Slope<Base: DifferentiableScalar>: NestedFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S, lifting: (Base) -> S) -> S {
      derivative(of: Power4<S>(), at: x)
    }
  }

  private struct Curvature<Base: DifferentiableScalar>: NestedFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S, lifting: (Base) -> S) -> S {
      derivative(of: Slope<S>(), at: x)
    }
  }

  @Test func threeLevels() {
    #expect(derivative(of: Power4<Double>(), at: 2) == 32)
    #expect(derivative(of: Slope<Double>(), at: 2) == 48)
    #expect(derivative(of: Curvature<Double>(), at: 2) == 48)
    let both = valueAndDerivative(of: Power4<Double>(), at: 2)
    #expect([both.value, both.derivative] == [16, 32])
  }

  /// A gradient through an inner derivative, on the tape: ∇ₓ of D(y ↦ x₀ x₁ y², 3) = 6 (x₁, x₀).
  private struct Scaled<Base: DifferentiableScalar>: NestedFunction {
    let x: [Base]
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S {
      lifting(x[0]) * lifting(x[1]) * y * y
    }
  }

  @Test func gradientOfADerivativeOnTheTape() {
    let tape = Tape()
    let x = tape.variables([2, 5])
    let adjoints = tape.adjoints(of: derivative(of: Scaled(x: x), at: 3))
    #expect(x.map { adjoints[$0] } == [30, 12])
    #expect(tape.misuse == nil)
  }

  private enum Failure: Error { case asAsked }

  private struct Throwing: NestedFunction {
    func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Double) -> S) throws(Failure) -> S {
      throw .asAsked
    }
  }

  @Test func errorsComeThrough() {
    #expect(throws: Failure.asAsked) { try derivative(of: Throwing(), at: 1) }
  }
}
