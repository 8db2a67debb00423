// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

struct TargetFunctionTests {
  private struct Square: UnivariateFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x }
  }

  private struct Product: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[0] * x[1] }
  }

  private struct Swap: VectorFunction {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[1], x[0]] }
  }

  private enum Failure: Error { case asAsked }

  @Test func everyKindHasAValue() throws {
    #expect(try TargetFunction(Square()).value(at: [3]) == [9])
    #expect(try TargetFunction(Product()).value(at: [3, 4]) == [12])
    #expect(try TargetFunction(Swap()).value(at: [3, 4]) == [4, 3])
    #expect(try TargetFunction.blackBox { $0[0] + 1 }.value(at: [3]) == [4])
    #expect(try TargetFunction(.blackBoxVector { $0.map { -$0 } }).value(at: [3, 4]) == [-3, -4])
  }

  @Test func genericCodeBecomesAVectorFunction() throws {
    let tape = Tape()
    let x = tape.variables([3, 4])
    let f = try #require(TargetFunction(Product()).vectorFunction)
    let y = try f(x)
    let adjoints = tape.adjoints(of: y[0])
    #expect(x.map { adjoints[$0] } == [4, 3])
    let square = try #require(TargetFunction(Square()).vectorFunction)
    #expect(try square([Dual(3.0, tangent: 1)]).map(\.tangent) == [6])
    #expect(TargetFunction.blackBox { $0[0] }.vectorFunction == nil)
    #expect(TargetFunction.blackBox { $0[0] }.isBlackBox)
    #expect(!TargetFunction(Swap()).isBlackBox)
  }

  @Test func aFunctionOfOneVariableRefusesTwo() {
    #expect(
      throws: DifferentiationError.shape(what: "a function of one variable", expected: "1", found: "2")
    ) { try TargetFunction(Square()).value(at: [1, 2]) }
  }

  @Test func aGradientStandsBesideTheFunction() throws {
    let f = TargetFunction(Product()) { [$0[1], $0[0]] }
    #expect(try f.handWritten?([3, 4]) == [[4, 3]])
    #expect(TargetFunction(Product()).handWritten == nil)
    let box = TargetFunction.blackBox(gradient: { _ in throw Failure.asAsked }) { $0[0] }
    #expect(throws: Failure.asAsked) { try box.handWritten?([1]) }
  }

  @Test func errorsOfTheFunctionComeThrough() {
    #expect(throws: Failure.asAsked) {
      try TargetFunction.blackBox { _ in throw Failure.asAsked }.value(at: [1])
    }
  }

  @Test func inputsHaveNames() {
    let f = TargetFunction(Product(), inputs: ParameterLayout(names: ["width", "height"]))
    #expect(f.inputName(1) == "height")
    #expect(TargetFunction(Product()).inputName(1) == "x[1]")
  }
}
