// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import RandomStreams
import TabularData
import Training

/// A training put together from names, as the command line does it.
struct Setting: Sendable {
  var model = "mlp:hidden=6,activation=tanh"
  var loss = "binary-cross-entropy-logits"
  var penalties: [String] = []
  var differentiator = "tape"
  var optimizer = "adam:lr=0.02"
  var schedule: String?
  var initializer = "torch-linear"
  var configuration = TrainingConfiguration(epochs: 4, batch: 7, seed: 11)
  var fractions = SplitFractions(validation: 0.2, test: 0.2)
  var scaling = Scaling()
  var data: DataSet

  init(data: DataSet) { self.data = data }

  /// Forty points of two moons.
  static func moons() throws -> Setting {
    let data = try Registry.standard.dataSets.make("moons:count=40,noise=0.1")
      .generate(streams: NamedStreams(seed: 3))
    return Setting(data: data)
  }

  /// Seven points near a straight line, all to train on, in their order, as they are.
  static func line() throws -> Setting {
    let x = [-1.5, -1.0, -0.25, 0.0, 0.5, 1.25, 2.0]
    let y = [-2.0, -1.25, 0.5, 0.75, 1.0, 3.25, 4.5]
    var setting = try Setting(
      data: DataSet(
        inputNames: ["x"], targetNames: ["y"], inputs: x.map { [$0] }, targets: y.map { [$0] },
        task: .regression))
    setting.model = "line"
    setting.loss = "mean-squared"
    setting.optimizer = "sgd:lr=0.05"
    setting.fractions = SplitFractions()
    setting.scaling = .none
    setting.configuration = TrainingConfiguration(epochs: 3, batch: 3, shuffle: false)
    return setting
  }

  func prepared(_ model: AnyModel, _ loss: AnyLoss) throws -> PreparedData {
    let split = try data.split(fractions, order: .shuffled(seed: configuration.seed))
    return try PreparedData(data, split: split, scaling: scaling, model: model, loss: loss)
  }

  func trainer(in registry: Registry = .standard) throws -> Trainer {
    let loss = try registry.losses.make(self.loss)
    let model = try registry.models.make(
      self.model,
      suggestions: [
        "inputs": .integer(data.inputNames.count),
        "outputs": .integer(data.outputCount(for: loss.targetEncoding)),
      ])
    var optimizer = try registry.optimizers.make(self.optimizer)
    if let schedule { optimizer.schedule = try registry.schedules.make(schedule) }
    return try Trainer(
      model: model, loss: loss, penalties: penalties.map { try registry.penalties.make($0) },
      differentiator: registry.differentiators.make(differentiator), optimizer: optimizer,
      configuration: configuration, data: prepared(model, loss))
  }

  /// The state before the first step.
  func start(_ trainer: Trainer) throws -> TrainingState {
    try trainer.initialState(with: Registry.standard.initializers.make(initializer))
  }

  /// Trains from the start to the end.
  func run(hooks: TrainingHooks = TrainingHooks()) throws -> TrainingResult {
    let trainer = try trainer()
    return try trainer.run(from: start(trainer), hooks: hooks)
  }
}

/// A folder that is removed at the end.
func withFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

/// Equal to the last bit: also tells 0 from -0 and takes a NaN for itself.
func haveSameBits(_ a: [Double], _ b: [Double]) -> Bool { a.map(\.bitPattern) == b.map(\.bitPattern) }
