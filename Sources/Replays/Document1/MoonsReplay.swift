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
  public var document: TeachingDocument { .micrograd }
  /// The training.
  public var systems: [String] { ["S1.8"] }
  /// 21 gradients over 100 samples.
  public var cost: Double { 10 }

  /// Creates the replay.
  public init() {}

  /// Runs the 21 steps.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let registry = Registry.standard
    var random = PythonRandom(seed: 1337)
    let data = try registry.dataSets.make("document-001-moons").generate(streams: NamedStreams(seed: 0))
    let model = try registry.models.make("mlp:inputs=2,hidden=16x16,outputs=1,activation=tanh,output=tanh")
    let loss = try registry.losses.make("hinge")
    var optimizer = try registry.optimizers.make("sgd:lr=1")
    optimizer.schedule = try registry.schedules.make("linear:start=1,end=0.1,total=21")
    let trainer = try Trainer(
      model: model, loss: loss, differentiator: settings.differentiator, optimizer: optimizer,
      configuration: TrainingConfiguration(epochs: 21, batch: nil, shuffle: false),
      data: PreparedData(data, model: model, loss: loss))
    let start = try model.parameters.parameters(neuronByNeuron: random.uniforms(model.parameters.count, in: -1..<1))
    let trajectory = Trajectory(start: start)
    let outcome = try trainer.run(
      from: trainer.initialState(parameters: start), hooks: TrainingHooks(observer: trajectory)
    ).outcome
    var figures = FigureList("S1.8", origin: .program)
    let reached = trajectory.parameters
    for (step, document) in Self.printed {
      guard step < reached.count else {
        figures.add("step \(step)", document, "not reached: \(outcome)")
        continue
      }
      let metrics = try trainer.metrics(of: reached[step], on: trainer.data.training)
      figures.add(
        "step \(step)", document,
        "step \(step) loss \(decimals(metrics.loss, 4)), accuracy \(decimals((metrics.accuracy ?? .nan) * 100, 2))%")
    }
    figures.add("upstream's demo, loss of step 0", "0.8958441028683222", python(try upstreamLoss(data)))
    return ReplayResult(
      figures: figures.figures,
      remarks: [
        "upstream's demo, from which the document comes, publishes its first loss: the same random numbers with "
          + "relu, a linear output, biases 0 and 1e-4 times the sum of p²; that it comes out to the last digit shows that the "
          + "random numbers are the document's",
        Replays.pictures["S1.9"] ?? "",
      ])
  }

  private static let printed = [
    (0, "step 0 loss 0.7733, accuracy 68.00%"), (10, "step 10 loss 0.2179, accuracy 91.00%"),
    (20, "step 20 loss 0.1795, accuracy 94.00%"),
  ]

  /// The loss that upstream's demo prints first, added up in its order.
  private func upstreamLoss(_ data: DataSet) throws -> Double {
    let network = MicrogradNetwork(widths: [2, 16, 16, 1], activation: .reluButLast)
    var random = PythonRandom(seed: 1337)
    var parameters: [Double] = []
    for (inputs, neurons) in zip(network.widths, network.widths.dropFirst()) {
      for _ in 0..<neurons { parameters += random.uniforms(inputs, in: -1..<1) + [0] }
    }
    var sum = 0.0
    for (input, target) in zip(data.inputs, data.targets) {
      sum += max(0, 1 - (2 * target[0] - 1) * network(parameters: parameters, input: input)[0])
    }
    let squares = parameters.reduce(0.0) { $0 + $1 * $1 }
    return sum * (1 / Double(data.count)) + 1e-4 * squares
  }
}

/// The parameters before each step: an epoch is one step, because all samples are one batch.
private final class Trajectory: TrainingObserver {
  private let storage: Mutex<[[Double]]>

  init(start: [Double]) { storage = Mutex([start]) }

  var parameters: [[Double]] { storage.withLock { $0 } }

  func epochEnded(_ record: EpochRecord, state: TrainingState) { storage.withLock { $0.append(state.parameters) } }
}
