// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams

/// The untrained network on four points: scores, max-margin loss and accuracy, from CPython's seed 1337.
public struct FourPointsReplay: Replay {
  /// The name.
  public var name: String { "four-points" }
  /// What it shows.
  public var summary: String { "an untrained network on four points: scores, loss, accuracy" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The four points.
  public var systems: [String] { ["S1.7"] }

  /// Creates the replay.
  public init() {}

  /// Evaluates the network, and follows its gradient for one step.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let registry = Registry.standard
    let data = try registry.dataSets.make("document-001-points").generate(streams: NamedStreams(seed: 0))
    let model = try registry.models.make("mlp:inputs=2,hidden=4x4,outputs=1,activation=tanh,output=tanh")
    let hinge = MarginLoss(model: model, inputs: data.inputs, signs: data.targets.map { 2 * $0[0] - 1 })
    var random = PythonRandom(seed: 1337)
    let parameters = try model.parameters.parameters(
      neuronByNeuron: random.uniforms(model.parameters.count, in: -1..<1))
    let scores = try data.inputs.map { try model(parameters: parameters[...], input: $0[...])[0] }
    let right = zip(hinge.signs, scores).count { ($0 > 0) == ($1 > 0) }

    var figures = FigureList("S1.7", origin: .program)
    figures.add(
      "scores",
      "[1.0, -1.0, -1.0, 1.0] prediction:  ['-0.51', '-0.80', '-0.66', '-0.69']",
      "[\(hinge.signs.map(python).joined(separator: ", "))] prediction:  "
        + "[\(scores.map { "'\(decimals($0, 2))'" }.joined(separator: ", "))]")
    let field = hinge.erased
    var gradient: [Double] = []
    let loss = try settings.differentiator.gradient(of: field, at: parameters, into: &gradient)
    figures.add(
      "loss and accuracy", "Loss: 0.9371, Accuracy: 50.00%",
      "Loss: \(decimals(loss, 4)), Accuracy: \(decimals(100 * Double(right) / Double(scores.count), 2))%")
    let slope = gradient.reduce(0) { $0 + $1 * $1 }
    let after = try field(zip(parameters, gradient).map { $0 - 0.01 * $1 })
    let predicted = 0.01 * slope
    return ReplayResult(
      figures: figures.figures + [
        ReplayFigure(
          "S1.7", "fall of the loss in a step of 0.01, over lr·|gradient|²", bound: 0.9...1.1, stated: "0.9 to 1.1",
          computed: (loss - after) / predicted, text: decimals((loss - after) / predicted, 3),
          because: "the document takes no step here: this is the gradient's own test, true to first order")
      ])
  }
}

/// mean max(0, 1 - y s), summed in order.
private struct MarginLoss: ScalarField {
  let model: AnyModel
  let inputs: [[Double]]
  let signs: [Double]

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    var sum = S(0.0)
    for (input, sign) in zip(inputs, signs) {
      let score = try model(parameters: x[...], input: input.map { S($0) }[...])[0]
      sum += S.relu(1 - S(sign) * score)
    }
    return sum / S(Double(inputs.count))
  }
}
