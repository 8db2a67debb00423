// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

private struct Line: Model {
  var specification: String { "line" }
  var parameters: ParameterLayout { ParameterLayout(names: ["slope", "offset"]) }
  var inputCount: Int { 1 }
  var outputCount: Int { 1 }
  var outputKind: OutputKind { .real }
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) -> [S] {
    [parameters[parameters.startIndex] * input[input.startIndex] + parameters[parameters.startIndex + 1]]
  }
}

private struct Squared: Loss {
  var specification: String { "squared" }
  var targetEncoding: TargetEncoding { .real }
  var acceptedOutputs: Set<OutputKind> { [.real] }
  func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) -> S {
    zip(prediction, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}

private struct OfWeights: Penalty {
  var specification: String { "weights" }
  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) -> S {
    zip(parameters, isWeight).reduce(0) { $1.1 ? $0 + $1.0 * $1.0 : $0 }
  }
}

/// Every entry of the erased model, loss and penalty, for every shipped scalar and one that is not.
struct ErasedPartsTests {
  private func check<S: DifferentiableScalar>(_ x: S, _ numbers: (S) -> [Double]) throws {
    let parameters = [x, 2]
    let model = try AnyModel(Line())(parameters: parameters[...], input: [x])
    #expect(model.map(numbers) == Line()(parameters: parameters[...], input: [x]).map(numbers))
    let loss = try AnyLoss(Squared())(prediction: [x], target: [3])
    #expect(numbers(loss) == numbers(Squared()(prediction: [x], target: [3])))
    let penalty = try AnyPenalty(OfWeights())(parameters, isWeight: [true, false])
    #expect(numbers(penalty) == numbers(OfWeights()(parameters, isWeight: [true, false])))
    #expect(penalty.primal == 2.25)
  }

  @Test func everyScalar() throws {
    let tape = Tape()
    let v = tape.variable(1.5)
    let lanes = SIMD8<Double>(1, 2, 3, 4, 5, 6, 7, 8)
    try check(1.5) { [$0] }
    try check(Dual(1.5, tangent: 1.0)) { [$0.value, $0.tangent] }
    try check(BatchedDual8(1.5, tangent: lanes)) { [$0.value, $0.tangent[0], $0.tangent[7]] }
    try check(v) { [$0.value, tape.adjoints(of: $0)[v]] }
    try check(ComplexStep.variable(1.5)) { [$0.real, $0.tangent] }
    try check(Dual(Dual<Double>(1.5, tangent: 1), tangent: 1)) { [$0.primal, $0.tangent.value, $0.tangent.tangent] }
    try check(Dual(BatchedDual8(1.5, tangent: lanes), tangent: 1)) { [$0.primal, $0.tangent.tangent[6]] }
    try check(Dual(v, tangent: 1)) { [$0.primal, $0.tangent.value, tape.adjoints(of: $0.tangent)[v]] }
    try check(Dual(ComplexStep.variable(1.5), tangent: 1)) { [$0.primal, $0.tangent.tangent] }
    try check(BatchedDual<SIMD4<Double>>(1.5, tangent: SIMD4(1, 2, 3, 4))) { [$0.value, $0.tangent[2]] }
  }
}
