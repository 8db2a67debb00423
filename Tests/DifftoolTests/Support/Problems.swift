// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// Every model with every loss that takes it: what the registry has, not a list kept here.
enum Problems {
  /// Specifications that reach each kind of output, and more outputs than one, beside the plain names.
  static let models =
    Registry.standard.models.names + [
      "mlp:hidden=5,activation=tanh,output=sigmoid", "mlp:hidden=4x3,activation=sigmoid,outputs=3",
      "mlp:hidden=5,activation=leaky-relu,outputs=3,output=softmax", "mlp:hidden=6,inputs=3,activation=identity",
      "neuron:activation=sigmoid", "neuron:activation=relu,inputs=3", "polynomial:degree=6", "relu-sum:count=5",
    ]

  /// The names of models and losses that go together.
  static let all: [(model: String, loss: String)] = {
    models.flatMap { model in
      Registry.standard.losses.names.filter { takes(model, $0) }.map { (model, $0) }
    }
  }()

  private static func takes(_ model: String, _ loss: String) -> Bool {
    guard let model = try? Registry.standard.models.make(model), let loss = try? Registry.standard.losses.make(loss)
    else { return false }
    // The cross-entropy of a single class is zero whatever the parameters are.
    return loss.acceptedOutputs.contains(model.outputKind)
      && (loss.targetEncoding != .oneHot || model.outputCount > 1)
  }

  /// Eight random samples, and parameters uniform in ±1; of several draws the one with this index.
  static func make(
    model: String, loss: String, seed: UInt64, draw: UInt64 = 0
  ) throws -> (objective: Objective, parameters: [Double]) {
    let model = try Registry.standard.models.make(model)
    let loss = try Registry.standard.losses.make(loss)
    let streams = NamedStreams(seed: seed)
    var random = streams.generator(for: .points)
    let inputs = (0..<8).map { _ in (0..<model.inputCount).map { _ in random.normal() } }
    let outputs = 0..<model.outputCount
    let targets = (0..<8).map { _ in
      switch loss.targetEncoding {
      case .real: return outputs.map { _ in random.normal() }
      case .probability: return outputs.map { _ in random.uniform() < 0.5 ? 0 : 1 }
      case .sign: return outputs.map { _ in random.uniform() < 0.5 ? -1 : 1 }
      case .oneHot:
        let label = random.below(model.outputCount)
        return outputs.map { $0 == label ? 1 : 0 }
      }
    }
    let objective = try Objective(model: model, loss: loss, inputs: inputs, targets: targets)
    var start: any RandomSource = streams.generator(for: .initialization, index: draw)
    let parameters = try Registry.standard.initializers.make("uniform:bound=1")
      .values(for: model.parameters, random: &start)
    return (objective, parameters)
  }

  /// All methods of the registry.
  static func methods() throws -> [any Differentiator] {
    try Registry.standard.differentiators.names.map { try Registry.standard.differentiators.make($0) }
  }
}
