// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams
import Training

/// The micrograd walkthrough's training on moons, from its own random numbers.
///
/// MLP(2, [16, 16, 1]) with tanh on every layer, max-margin loss over all 100 samples, 21 steps with a learning rate of
/// 1 - 0.9 i / 21. Weights and biases come neuron by neuron from CPython's `random.uniform(-1, 1)`, seed 1337.
public struct MoonsReplay: Replay {
  /// The name.
  public var name: String { "moons" }
  /// What it shows.
  public var summary: String { "a small network learns two half circles: 68 %, 91 %, 94 %" }
  /// Where it comes from.
  public var source: String { "document 001, the micrograd walkthrough" }

  /// Creates the replay.
  public init() {}

  /// Runs the 21 steps.
  public func run(differentiator: any Differentiator) throws -> ReplayResult {
    let registry = Registry.standard
    var random = PythonRandom(seed: 1337)
    let data = try registry.dataSets.make("document-001-moons").generate(streams: NamedStreams(seed: 0))
    let model = try registry.models.make("mlp:inputs=2,hidden=16x16,outputs=1,activation=tanh,output=tanh")
    let loss = try registry.losses.make("hinge")
    let targets = try data.encodedTargets(loss.targetEncoding, outputs: 1)
    let objective = try Objective(model: model, loss: loss, inputs: data.inputs, targets: targets).erased
    var parameters = try model.parameters.parameters(
      neuronByNeuron: random.uniforms(model.parameters.count, in: -1..<1))
    var gradient: [Double] = []
    var result = ReplayResult(lines: [], figures: [])
    let printed = [
      0: "step 0 loss 0.7733, accuracy 68.00%", 10: "step 10 loss 0.2179, accuracy 91.00%",
      20: "step 20 loss 0.1795, accuracy 94.00%",
    ]
    for step in 0...20 {
      let value = try differentiator.gradient(of: objective, at: parameters, into: &gradient)
      if let document = printed[step] {
        let share = try accuracy(model, parameters, data.inputs, targets)
        let line = "step \(step) loss \(decimals(value, 4)), accuracy \(decimals(share * 100, 2))%"
        result.lines.append(line)
        result.figures.append(ReplayFigure("step \(step)", document: document, computed: line))
      }
      let rate = 1.0 - 0.9 * Double(step) / 21
      for i in parameters.indices { parameters[i] -= rate * gradient[i] }
    }
    return result
  }

  private func accuracy(
    _ model: AnyModel, _ parameters: [Double], _ inputs: [[Double]], _ targets: [[Double]]
  ) throws -> Double {
    var right = 0
    for (x, y) in zip(inputs, targets) {
      let score = try model(parameters: parameters[...], input: x[...])[0]
      if (score > 0) == (y[0] > 0) { right += 1 }
    }
    return Double(right) / Double(inputs.count)
  }
}
