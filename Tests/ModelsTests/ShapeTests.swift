// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Models
import Testing

/// Lengths that do not fit are errors with both shapes, in every model and on every scalar.
@Suite struct ShapeTests {
  @Test(arguments: Catalogs.modelSpecifications)
  func wrongLengths(specification: String) throws {
    let model = try Catalogs.models.make(specification)
    let parameters = spread(model.parameters.count)
    let input = spread(model.inputCount)
    #expect(try model.checked(parameters: parameters, input: input).count == model.outputCount)
    let wrong = [
      (parameters + [1], input), (Array(parameters.dropLast()), input), ([], input), (parameters, input + [1]),
      (parameters, Array(input.dropLast())), ([], []),
    ]
    for (parameters, input) in wrong {
      #expect(throws: DifferentiationError.self) { try model(parameters: parameters[...], input: input[...]) }
      #expect(throws: DifferentiationError.self) { try model.checked(parameters: parameters, input: input) }
      #expect(throws: DifferentiationError.self) {
        try model(parameters: parameters.map { Dual<Double>($0) }[...], input: input.map { Dual<Double>($0) }[...])
      }
    }
  }

  @Test func messagesShowBothShapes() throws {
    let model = try MultilayerPerceptron(inputs: 3, hidden: [4, 4])
    let parameters = #expect(throws: DifferentiationError.self) {
      try model.checked(parameters: spread(40), input: [1, 2, 3])
    }
    #expect(
      parameters.map { "\($0)" }
        == "the parameters of mlp:inputs=3,hidden=4x4,outputs=1,activation=relu,output=identity: expected 41 "
        + "(layers.0.weight[4,3], layers.0.bias[4], layers.1.weight[4,4], layers.1.bias[4], layers.2.weight[1,4], "
        + "layers.2.bias[1]), found 40")
    let input = #expect(throws: DifferentiationError.self) {
      try Line().checked(parameters: [1, 2], input: [1, 2, 3])
    }
    #expect(input.map { "\($0)" } == "the input of line: expected 1, found 3")
  }

  /// A model that lies about its outputs is found out by the checked call, and only by it.
  @Test func wrongOutputCount() throws {
    let model = TwoOutputsOnPaper().erased
    #expect(try model(parameters: [1.0][...], input: [2.0][...]) == [2])
    #expect(throws: DifferentiationError.shape(what: "the outputs that liar computed", expected: "2", found: "1")) {
      try model.checked(parameters: [1], input: [2])
    }
  }

  /// Slices of a larger array have other indices than 0.
  @Test(arguments: Catalogs.modelSpecifications)
  func slices(specification: String) throws {
    let model = try Catalogs.models.make(specification)
    let count = model.parameters.count
    let all = [9, 9] + spread(count + model.inputCount) + [9]
    let sliced = try model(parameters: all[2..<(2 + count)], input: all[(2 + count)..<(all.count - 1)])
    let whole = try model.checked(
      parameters: Array(all[2..<(2 + count)]), input: Array(all[(2 + count)..<(all.count - 1)]))
    #expect(sliced == whole)
  }

  @Test func names() throws {
    let layout = try MultilayerPerceptron(inputs: 2, hidden: [4], outputs: 3).parameters
    #expect(layout.name(of: 7) == "layers.0.weight[3,1]")
    #expect(layout.name(of: 11) == "layers.0.bias[3]")
    #expect(layout.name(of: 12) == "layers.1.weight[0,0]")
    #expect(layout.name(of: 26) == "layers.1.bias[2]")
    #expect(layout.index(of: "layers.1.bias[2]") == 26)
    #expect(layout.groups.map(\.fanIn) == [2, 2, 4, 4])
    #expect(layout.groups.map(\.fanOut) == [4, 4, 3, 3])
    #expect(layout.groups.map(\.role) == [.weight, .bias, .weight, .bias])
    #expect(try Polynomial(degree: 3).parameters.names == ["a0", "a1", "a2", "a3"])
    #expect(Line().parameters.names == ["m", "c"])
    #expect(TwoNeuronChain().parameters.names == ["w11", "w12", "w21", "w22"])
  }
}

private struct TwoOutputsOnPaper: Model {
  let specification = "liar"
  let parameters = ParameterLayout(names: ["b"])
  let inputCount = 1
  let outputCount = 2
  let outputKind = OutputKind.real
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) -> [S] {
    [parameters[parameters.startIndex] * input[input.startIndex]]
  }
}
