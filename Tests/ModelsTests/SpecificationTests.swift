// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Models
import Testing

/// A specification makes the same again; options that do not fit are errors, typed or given in Swift.
@Suite struct SpecificationTests {
  @Test(arguments: Catalogs.modelSpecifications)
  func models(specification: String) throws {
    let model = try Catalogs.models.make(specification)
    let again = try Catalogs.models.make(model.specification)
    #expect(again.specification == model.specification)
    #expect(again.parameters == model.parameters)
    #expect(again.outputCount == model.outputCount)
    #expect(again.outputKind == model.outputKind)
    let parameters = spread(model.parameters.count)
    let input = spread(model.inputCount)
    #expect(
      try again.checked(parameters: parameters, input: input)
        == model.checked(parameters: parameters, input: input))
  }

  @Test func allOptionsAreWrittenOut() throws {
    #expect(
      try Catalogs.models.make("mlp").specification
        == "mlp:inputs=2,hidden=16x16,outputs=1,activation=relu,output=identity")
    #expect(try Catalogs.models.make("polynomial").specification == "polynomial:degree=3")
    #expect(try Catalogs.initializers.make("he").specification == "he:distribution=normal")
    #expect(try Catalogs.initializers.make("uniform").specification == "uniform:bound=1")
    #expect(try Catalogs.losses.make("huber").specification == "huber:delta=1")
    #expect(try Catalogs.penalties.make("l2").specification == "l2:weight=0.0001,biases=true")
  }

  @Test func suggestionsYieldToWhatIsTyped() throws {
    let suggestions: [String: OptionValue] = ["inputs": .integer(4), "outputs": .integer(3)]
    let suggested = try Catalogs.models.make("mlp", suggestions: suggestions)
    #expect([suggested.inputCount, suggested.outputCount] == [4, 3])
    let typed = try Catalogs.models.make("mlp:inputs=5", suggestions: suggestions)
    #expect([typed.inputCount, typed.outputCount] == [5, 3])
  }

  @Test(arguments: [
    "mlp:hidden=0", "mlp:inputs=0", "mlp:outputs=0", "mlp:activation=swish", "mlp:activation=relu+tanh+relu",
    "mlp:activation=relu+", "mlp:output=relu", "mlp:output=softmax", "mlp:hidden=99999999999x99999999999",
    "mlp:hidden=20000x20000", "mlp:hiden=3", "polynomial:degree=-1", "polynomial:degree=101", "relu-sum:count=0",
    "neuron:inputs=0", "neuron:activation=softmax", "line:degree=2",
  ])
  func modelsThatCannotBe(specification: String) {
    #expect(throws: DifferentiationError.self) { try Catalogs.models.make(specification) }
  }

  @Test func initialisersInSwiftCheckToo() {
    #expect(throws: DifferentiationError.self) { try Polynomial(degree: -1) }
    #expect(throws: DifferentiationError.self) { try ReluSum(count: 0) }
    #expect(throws: DifferentiationError.self) { try Neuron(inputs: -1) }
    #expect(throws: DifferentiationError.self) { try MultilayerPerceptron(hidden: [3, 0]) }
    #expect(throws: DifferentiationError.self) { try MultilayerPerceptron(activations: []) }
    #expect(throws: DifferentiationError.self) { try MultilayerPerceptron(hidden: [5], activations: [.relu, .relu]) }
    #expect(throws: DifferentiationError.self) { try UniformInitializer(bound: -1) }
    #expect(throws: DifferentiationError.self) { try UniformInitializer(bound: .nan) }
    #expect(throws: DifferentiationError.self) { try ConstantInitializer(value: .infinity) }
    #expect(throws: DifferentiationError.self) { try NormalInitializer(scale: -1) }
  }

  @Test func outputKinds() throws {
    let kinds: [(String, OutputKind)] = [
      ("mlp", .real), ("mlp:output=tanh", .real), ("mlp:output=sigmoid", .probability),
      ("mlp:output=softmax,outputs=2", .distribution), ("neuron", .real), ("neuron:activation=sigmoid", .probability),
      ("line", .real),
    ]
    for (specification, kind) in kinds {
      #expect(try Catalogs.models.make(specification).outputKind == kind, "\(specification)")
    }
  }
}
