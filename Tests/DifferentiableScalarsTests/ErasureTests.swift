// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

private struct Cubic: UnivariateFunction, ScalarField, VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x - 2 * x + sin(x) }
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[0] * x[1] + exp(x[0]) }
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[0] * x[1], exp(x[0]) - x[1]] }
}

private enum Failure: Error { case asAsked }

private struct Failing: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { throw Failure.asAsked }
}

/// Every entry of every erased type is called for every shipped scalar: the invariant of `CallTable`. A scalar of
/// somebody else's takes the slow path to the same numbers.
struct ErasureTests {
  private func check<S: DifferentiableScalar>(_ x: S, _ y: S, _ numbers: (S) -> [Double]) throws {
    let f = Cubic()
    let one = AnyUnivariateFunction(f)
    let field = AnyScalarField(f)
    let vector = AnyVectorFunction(f)
    let direct: S = f(x)
    #expect(numbers(try one(x)) == numbers(direct))
    let scalar: S = f([x, y])
    #expect(numbers(try field([x, y])) == numbers(scalar))
    let several: [S] = f([x, y])
    #expect(try vector([x, y]).map(numbers) == several.map(numbers))
    // Erased twice, and through an existential.
    #expect(numbers(try AnyUnivariateFunction(one)(x)) == numbers(direct))
    let existential: any UnivariateFunction = f
    #expect(numbers(try existential.erased(x)) == numbers(direct))
    // A call that lands in another scalar's entry could not throw this error.
    #expect(throws: Failure.asAsked) { try AnyUnivariateFunction(Failing())(x) }
  }

  @Test func plain() throws { try check(1.5, 0.5) { [$0] } }

  @Test func dual() throws {
    try check(Dual(1.5, tangent: 1.0), Dual(0.5, tangent: -2.0)) { [$0.value, $0.tangent] }
  }

  @Test func batchedDual() throws {
    let x = BatchedDual8(1.5, tangent: SIMD8(1, 2, 3, 4, 5, 6, 7, 8))
    try check(x, BatchedDual8(0.5)) { y in [y.value] + (0..<8).map { y.tangent[$0] } }
  }

  @Test func variable() throws {
    let tape = Tape()
    let x = tape.variable(1.5)
    let y = tape.variable(0.5)
    try check(x, y) { z in
      let adjoints = tape.adjoints(of: z)
      return [z.value, adjoints[x], adjoints[y]]
    }
  }

  @Test func complexStep() throws {
    try check(ComplexStep.variable(1.5), ComplexStep.variable(0.5, tangent: 3)) { [$0.real, $0.tangent] }
  }

  @Test func dualOfDual() throws {
    typealias D = Dual<Double>
    try check(Dual(D(1.5, tangent: 1), tangent: 1), Dual(D(0.5, tangent: 2), tangent: 3)) {
      [$0.primal, $0.value.tangent, $0.tangent.value, $0.tangent.tangent]
    }
  }

  @Test func dualOfBatchedDual() throws {
    let x = BatchedDual8(1.5, tangent: SIMD8(repeating: 1))
    try check(Dual(x, tangent: 1), Dual(0.5)) { [$0.primal, $0.tangent.value, $0.tangent.tangent[7]] }
  }

  @Test func dualOfVariable() throws {
    let tape = Tape()
    let x = tape.variable(1.5)
    try check(Dual(x, tangent: 1), Dual(0.5)) { z in
      [z.primal, z.tangent.value, tape.adjoints(of: z.tangent)[x], tape.adjoints(of: z.value)[x]]
    }
  }

  @Test func dualOfComplexStep() throws {
    try check(Dual(ComplexStep.variable(1.5), tangent: 1), Dual(0.5)) {
      [$0.primal, $0.tangent.real, $0.tangent.tangent, $0.value.tangent]
    }
  }

  @Test func aForeignScalarTakesTheSlowPath() throws {
    try check(Mutant(1.5, tangent: 1), Mutant(0.5, tangent: -2)) { [$0.value, $0.tangent] }
    let shipped = try AnyUnivariateFunction(Cubic())(Dual(1.5, tangent: 1.0))
    let foreign = try AnyUnivariateFunction(Cubic())(Mutant(1.5, tangent: 1))
    #expect([foreign.value, foreign.tangent] == [shipped.value, shipped.tangent])
  }
}
