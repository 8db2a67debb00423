// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Losses
import Models
import Testing

/// Networks and losses against PyTorch: outputs, losses by both reductions, and the gradients of all 54 parameters.
@Suite struct TorchModelTests {
  let golden: TorchModels

  init() throws { golden = try TorchModels.load() }

  private func network(_ record: TorchModels.Network) throws -> AnyModel {
    let hidden = record.hidden == "leakyRelu" ? "leaky-relu" : record.hidden
    let widths = golden.sizes.dropFirst().dropLast().map(String.init).joined(separator: "x")
    return try Catalogs.models.make(
      "mlp:inputs=\(golden.sizes[0]),hidden=\(widths),activation=\(hidden),output=\(record.output)",
      suggestions: ["outputs": .integer(golden.sizes[golden.sizes.count - 1])])
  }

  /// The losses of one record: (name, reduction over the outputs is a sum, so that only the batch's sum compares).
  private func loss(_ name: String, _ reduction: Reduction) throws -> AnyLoss {
    let names = [
      "squared": reduction == .sum ? "sum-of-squares" : "mean-squared", "absolute": "mean-absolute", "huber": "huber",
      "binaryCrossEntropyOnLogits": "binary-cross-entropy-logits", "binaryCrossEntropy": "binary-cross-entropy",
      "hinge": "hinge", "softmaxCrossEntropy": "softmax-cross-entropy",
    ]
    return try Catalogs.losses.make(#require(names[name]))
  }

  @Test func layoutIsPyTorchs() throws {
    let layout = try network(golden.models[0]).parameters
    #expect(layout.groups.map(\.name) == golden.layout.map(\.name))
    #expect(layout.groups.map(\.shape) == golden.layout.map(\.shape))
    #expect(layout.groups.indices.map { layout.range(ofGroup: $0).lowerBound } == golden.layout.map(\.offset))
    #expect(layout.count == golden.parameters.count)
    #expect(Activation.leakySlope == golden.leakySlope)
  }

  @Test func outputs() throws {
    #expect(golden.models.count == 15)
    for record in golden.models {
      let model = try network(record)
      for (input, expected) in zip(golden.inputs, record.outputs) {
        #expect(agrees(try model.checked(parameters: golden.parameters, input: input), expected), "\(record.id)")
      }
    }
  }

  @Test(arguments: [Reduction.mean, .sum])
  func lossesAndGradients(reduction: Reduction) throws {
    var compared = 0
    for record in golden.models {
      let model = try network(record)
      for expected in record.losses {
        let loss = try loss(expected.loss, reduction)
        #expect(loss.acceptedOutputs.contains(model.outputKind))
        let targets = try #require(golden.targets[expected.target])
        let found = try valueAndGradient(at: golden.parameters) {
          try batchLoss(model, loss, $0, targets, reduction: reduction, name: expected.loss)
        }
        let reference = reduction == .sum ? expected.sum : expected.mean
        #expect(agrees(found.value, reference.value), "\(record.id) \(expected.loss)")
        #expect(agrees(found.gradient, reference.gradient), "\(record.id) \(expected.loss)")
        compared += found.gradient.count
      }
    }
    #expect(compared == golden.models.reduce(0) { $0 + $1.losses.count } * 54)
  }

  /// Σ or mean of the samples' losses; a loss that is a mean over the outputs is summed over them where PyTorch sums.
  private func batchLoss(
    _ model: AnyModel, _ loss: AnyLoss, _ parameters: [Variable], _ targets: [[Double]], reduction: Reduction,
    name: String
  ) throws -> Variable {
    let perSample = try zip(golden.inputs, targets).map { input, target in
      let outputs = try model(parameters: parameters[...], input: input.map { Variable($0) }[...])
      return try loss(prediction: outputs[...], target: target.map { Variable($0) }[...])
    }
    let total = Variable.sum(perSample)
    switch reduction {
    case .mean: return total / Variable(Double(perSample.count))
    case .sum:
      let isSum = ["squared", "softmaxCrossEntropy"].contains(name)
      return isSum ? total : total * Variable(Double(model.outputCount))
    }
  }

  @Test func penalties() throws {
    let layout = try network(golden.models[0]).parameters
    #expect(golden.penalties.count == 4)
    for record in golden.penalties {
      let penalty = try Catalogs.penalties.make(
        "\(record.penalty):weight=\(record.factor),biases=\(record.scope == "all")")
      let found = try valueAndGradient(at: golden.parameters) { try penalty($0, isWeight: layout.isWeight) }
      #expect(agrees(found.value, record.value), "\(record.penalty) \(record.scope)")
      #expect(agrees(found.gradient, record.gradient), "\(record.penalty) \(record.scope)")
    }
  }

  /// Single predictions far into the tails, against exact numbers, value and slope by tape and by dual numbers.
  @Test func tails() throws {
    #expect(golden.elementwise.count == 106)
    for record in golden.elementwise {
      let loss = try loss(record.loss, .mean)
      let target =
        record.loss == "softmaxCrossEntropy"
        ? record.prediction.indices.map { Double($0) == record.target ? 1.0 : 0 } : [record.target]
      let found = try valueAndGradient(at: record.prediction) {
        try loss(prediction: $0[...], target: target.map { Variable($0) }[...])
      }
      let place = "\(record.loss) at \(record.prediction), \(record.target)"
      #expect(agrees(found.value, record.value), "\(place): \(found.value)")
      for i in record.prediction.indices {
        #expect(agrees(found.gradient[i], record.gradient[i]), "\(place): \(found.gradient[i])")
        let dual = try slope(at: record.prediction, along: i) {
          try loss(prediction: $0[...], target: target.map { Dual($0) }[...])
        }
        #expect(agrees(dual, record.gradient[i]), "\(place): \(dual)")
      }
    }
  }

  /// Numbers that are nearly right must not pass: a transposed matrix, one parameter off by 10⁻⁹, a NaN.
  @Test func comparisonRejects() throws {
    let record = golden.models[0]
    let model = try network(record)
    var transposed = golden.parameters
    for row in 0..<5 {
      for column in 0..<3 { transposed[column * 5 + row] = golden.parameters[row * 3 + column] }
    }
    var shifted = golden.parameters
    shifted[0] += 1e-9
    for wrong in [transposed, shifted] {
      let outputs = try golden.inputs.flatMap { try model.checked(parameters: wrong, input: $0) }
      #expect(!agrees(outputs, record.outputs.flatMap { $0 }))
    }
    #expect(!agrees([.nan], [1]))
    #expect(!agrees(1, .nan))
    #expect(!agrees([1, 2], [1]))
  }
}
