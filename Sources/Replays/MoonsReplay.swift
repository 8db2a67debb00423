// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams
import Synchronization
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
    var optimizer = try registry.optimizers.make("sgd:lr=1")
    optimizer.schedule = try registry.schedules.make("linear:start=1,end=0.1,total=21")
    let trainer = try Trainer(
      model: model, loss: loss, differentiator: differentiator, optimizer: optimizer,
      configuration: TrainingConfiguration(epochs: 21, batch: nil, shuffle: false),
      data: PreparedData(data, model: model, loss: loss))
    let start = try model.parameters.parameters(neuronByNeuron: random.uniforms(model.parameters.count, in: -1..<1))
    let trajectory = Trajectory(start: start)
    let outcome = try trainer.run(
      from: trainer.initialState(parameters: start), hooks: TrainingHooks(observer: trajectory)
    ).outcome
    var result = ReplayResult(lines: [], figures: [])
    let reached = trajectory.parameters
    for (step, document) in Self.printed {
      guard step < reached.count else {
        result.figures.append(ReplayFigure("step \(step)", document: document, computed: "not reached: \(outcome)"))
        continue
      }
      let metrics = try trainer.metrics(of: reached[step], on: trainer.data.training)
      let line =
        "step \(step) loss \(decimals(metrics.loss, 4)), accuracy \(decimals((metrics.accuracy ?? .nan) * 100, 2))%"
      result.lines.append(line)
      result.figures.append(ReplayFigure("step \(step)", document: document, computed: line))
    }
    return result
  }

  private static let printed = [
    (0, "step 0 loss 0.7733, accuracy 68.00%"), (10, "step 10 loss 0.2179, accuracy 91.00%"),
    (20, "step 20 loss 0.1795, accuracy 94.00%"),
  ]
}

/// The parameters before each step: an epoch is one step, because all samples are one batch.
private final class Trajectory: TrainingObserver {
  private let storage: Mutex<[[Double]]>

  init(start: [Double]) { storage = Mutex([start]) }

  var parameters: [[Double]] { storage.withLock { $0 } }

  func epochEnded(_ record: EpochRecord, state: TrainingState) { storage.withLock { $0.append(state.parameters) } }
}
