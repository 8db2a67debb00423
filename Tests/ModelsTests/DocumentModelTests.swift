// SPDX-License-Identifier: Apache-2.0

import DataSets
import DifferentiableScalars
import DifferentiationCore
import Losses
import Models
import RandomStreams
import RealModule
import Testing

/// Figures of the teaching documents that depend on models and losses; printed digits are compared as printed.
@Suite struct DocumentModelTests {
  /// The micrograd walkthrough's neuron, before and after one step of size 0.01.
  @Test func linearNeuron() throws {
    let neuron = try Catalogs.models.make("neuron:inputs=2,activation=identity")
    #expect(neuron.parameters.names == ["w1", "w2", "b"])
    let start = [-3, 1, 6.8813735870195432, 2, 1.5]
    let (output, gradient) = try valueAndGradient(at: start) {
      try neuron(parameters: $0[..<3], input: $0[3...])[0]
    }
    #expect(agrees(output, 2.3813735870195432))
    #expect(gradient == [2, 1.5, 1, -3, 1])
    let stepped = zip(start, gradient).prefix(3).map { $0 - 0.01 * $1 }
    #expect(stepped == [-3.02, 0.985, 6.871373587019543])
    #expect(rounded(try neuron.checked(parameters: stepped, input: [2, 1.5])[0], 4) == 2.3089)
  }

  @Test(arguments: [
    ("neuron:inputs=2", 3), ("mlp:inputs=2,hidden=none,outputs=3", 9), ("mlp:inputs=3,hidden=4x4", 41), ("mlp", 337),
    ("mlp:hidden=8,output=sigmoid", 33), ("mlp:inputs=1,hidden=2,activation=sigmoid", 7),
    ("mlp:inputs=1,hidden=10x10", 141), ("mlp:inputs=1,hidden=5x5,activation=sigmoid+relu", 46),
  ])
  func parameterCounts(specification: String, count: Int) throws {
    #expect(try Catalogs.models.make(specification).parameters.count == count)
  }

  /// Three inputs, called with two: micrograd drops a weight of each neuron in silence.
  @Test func wrongInputIsAnError() throws {
    let model = try MultilayerPerceptron(inputs: 3, hidden: [4, 4], activations: [.tanh], output: .tanh)
    let error = #expect(throws: DifferentiationError.self) {
      try model(parameters: spread(41)[...], input: [2.0, 3.0][...])
    }
    #expect(error.map { "\($0)" }?.hasSuffix("expected 3, found 2") == true)
  }

  /// Seed 1337, four points: scores -0.51 -0.80 -0.66 -0.69, "Loss: 0.9371, Accuracy: 50.00%".
  @Test func fourPoints() throws {
    let model = try Catalogs.models.make("mlp:inputs=2,hidden=4x4,activation=tanh,output=tanh")
    let data = try Document001Points().generate(streams: NamedStreams(seed: 0))
    let parameters = try walkthroughParameters(model)
    let scores = try data.inputs.map { try model.checked(parameters: parameters, input: $0)[0] }
    #expect(scores.map { rounded($0, 2) } == [-0.51, -0.80, -0.66, -0.69])
    let step = try maxMargin(model, data, parameters)
    #expect(rounded(step.loss, 4) == 0.9371)
    #expect(step.accuracy == 0.5)
  }

  /// A hundred moons, 21 steps of full-batch descent: the figures printed at steps 0, 10 and 20.
  @Test func moons() throws {
    let model = try Catalogs.models.make("mlp:inputs=2,hidden=16x16,activation=tanh,output=tanh")
    let data = try Document001Moons().generate(streams: NamedStreams(seed: 0))
    var parameters = try walkthroughParameters(model)
    var printed: [[Double]] = []
    for iteration in 0..<21 {
      let step = try maxMargin(model, data, parameters)
      let rate = 1 - 0.9 * Double(iteration) / 21
      for i in parameters.indices { parameters[i] -= rate * step.gradient[i] }
      if iteration % 10 == 0 { printed.append([rounded(step.loss, 4), rounded(step.accuracy, 4)]) }
    }
    #expect(printed == [[0.7733, 0.68], [0.2179, 0.91], [0.1795, 0.94]])
  }

  /// Mean absolute error of the fastai document's quadratic, and one step of size 0.01.
  @Test func quadratic() throws {
    let data = try Document003Quadratic().generate(streams: NamedStreams(seed: 0))
    #expect(rounded(try meanAbsoluteError(data, [1.1, 1.1, 1.1]).value, 4) == 4.6392)
    let start = [1.1, 1.2, 1.3]
    let (value, gradient) = try meanAbsoluteError(data, start)
    #expect(rounded(value, 4) == 4.4666)
    #expect(gradient.map { rounded($0, 4) } == [-1.4194, 0.0737, -0.9])
    let stepped = zip(start, gradient).map { $0 - 0.01 * $1 }
    #expect(rounded(try meanAbsoluteError(data, stepped).value, 3) == 4.438)
  }

  /// Values in the texts: 3x² + 4x + 5 at 2.5, the same by Horner, rectified lines, the chain against its own formula.
  @Test func smallModels() throws {
    #expect(try Quadratic().checked(parameters: [3, 4, 5], input: [2.5]) == [33.75])
    #expect(try Polynomial(degree: 2).checked(parameters: [5, 4, 3], input: [2.5]) == [33.75])
    #expect(try Line().checked(parameters: [3, 4], input: [2]) == [10])
    #expect(try Scale().checked(parameters: [3], input: [3]) == [9])
    let rectified = try ReluSum(count: 3)
    let sliders = [-1.5, -2, 1.5, 1.7, -1.1, 2]
    #expect(rectified.parameters.names == ["m1", "b1", "m2", "b2", "m3", "b3"])
    for (x, y) in [(-4.0, 4.0 + 6.4), (0, 1.7 + 2), (2, 4.7)] {
      #expect(agrees(try rectified.checked(parameters: sliders, input: [x])[0], y))
    }
    let chain = try valueAndGradient(at: [0.5, 0.1, -0.3, 0.2, 2]) {
      try TwoNeuronChain()(parameters: $0[..<4], input: $0[4...])[0]
    }
    #expect(agrees(chain.value, -0.3 * 1.1 + 0.2))
    #expect(agrees(chain.gradient, [-0.6, -0.3, 1.1, 1, -0.15]))
  }

  /// The benchmark's moons workload: value, first and last slope and norm of the gradient of 337 parameters.
  @Test func moonsWorkload() throws {
    let model = try Catalogs.models.make("mlp")
    var random = WorkloadGenerator(seed: 1337)
    let angles = (0..<50).map { Double.pi * Double($0) / 49 }
    var inputs = angles.map { [Double.cos($0), Double.sin($0)] }
    inputs += angles.map { [1 - Double.cos($0), 0.5 - Double.sin($0)] }
    inputs = inputs.map { $0.map { $0 + 0.1 * random.normal() } }
    var draws: [Double] = []
    for (fanIn, units) in [(2, 16), (16, 16), (16, 1)] {
      for _ in 0..<units { draws += random.uniforms(fanIn, in: -1..<1) + [0] }
    }
    let parameters = try model.parameters.parameters(neuronByNeuron: draws)
    let data = try DataSet(
      inputNames: ["x1", "x2"], targetNames: ["class"], inputs: inputs,
      targets: (0..<100).map { [$0 < 50 ? 0 : 1] }, task: .classification(classNames: ["upper", "lower"]))
    let step = try maxMargin(model, data, parameters, penalty: L2Penalty(weight: 1e-4).erased)
    #expect(agrees(step.loss, 0.8762295456069233))
    #expect(agrees(step.gradient[0], 0.0279382416446815))
    #expect(agrees(step.gradient[336], 0.27))
    #expect(agrees(Double.sqrt(step.gradient.reduce(0) { $0 + $1 * $1 }), 1.05481034288052))
  }

  private func rounded(_ x: Double, _ places: Int) -> Double {
    let power = Double.pow(10, places)
    return (x * power).rounded() / power
  }

  /// Weights and bias of one neuron after the other from CPython's uniform(-1, 1).
  private func walkthroughParameters(_ model: AnyModel) throws -> [Double] {
    var random = PythonRandom(seed: 1337)
    return try model.parameters.parameters(neuronByNeuron: random.uniforms(model.parameters.count, in: -1..<1))
  }

  private func maxMargin(
    _ model: AnyModel, _ data: DataSet, _ parameters: [Double], penalty: AnyPenalty? = nil
  ) throws -> (loss: Double, gradient: [Double], accuracy: Double) {
    let loss = try Catalogs.losses.make("hinge")
    let targets = try data.encodedTargets(loss.targetEncoding, outputs: 1)
    var right = 0
    let result = try valueAndGradient(at: parameters) { variables in
      let terms = try zip(data.inputs, targets).map { input, target in
        let score = try model(parameters: variables[...], input: input.map { Variable($0) }[...])
        if (score[0].value > 0) == (target[0] > 0) { right += 1 }
        return try loss(prediction: score[...], target: target.map { Variable($0) }[...])
      }
      let mean = Variable.sum(terms) / Variable(Double(terms.count))
      return try penalty.map { mean + (try $0(variables, isWeight: model.parameters.isWeight)) } ?? mean
    }
    return (result.value, result.gradient, Double(right) / Double(data.count))
  }

  private func meanAbsoluteError(_ data: DataSet, _ parameters: [Double]) throws -> (value: Double, gradient: [Double])
  {
    let model = try Catalogs.models.make("quadratic")
    let loss = try Catalogs.losses.make("mean-absolute")
    return try valueAndGradient(at: parameters) { variables in
      let terms = try zip(data.inputs, data.targets).map { input, target in
        let y = try model(parameters: variables[...], input: input.map { Variable($0) }[...])
        return try loss(prediction: y[...], target: target.map { Variable($0) }[...])
      }
      return Variable.sum(terms) / Variable(Double(terms.count))
    }
  }
}
