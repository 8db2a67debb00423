// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Testing
import Training

@Suite("Early stopping and best weights")
struct StoppingTests {
  /// A setting whose validation loss falls and rises.
  private func restless() throws -> Setting {
    var setting = try Setting.moons()
    setting.optimizer = "sgd:lr=3"
    setting.configuration.epochs = 40
    setting.configuration.weights = .best
    return setting
  }

  @Test("The best weights are those of the smallest validation loss, the first of equals")
  func best() throws {
    let result = try restless().run()
    let losses = result.history.compactMap { $0.validation?.loss }
    let smallest = try #require(losses.min())
    let best = try #require(result.state.best)
    #expect(losses.count == 40 && best.loss == smallest)
    #expect(best.epoch == (losses.firstIndex(of: smallest) ?? -1) + 1)
    #expect(best.epoch < 40, "the setting is to get worse at the end")
    #expect(result.weights == .best && result.parameters == best.parameters)
    // The stored metric is that of the stored weights.
    #expect(result.validation?.loss == smallest)
    #expect(result.state.parameters != best.parameters)
  }

  @Test("Where every epoch makes it worse, the parameters at the start are the best")
  func startIsBest() throws {
    var setting = try Setting.line()
    setting.data.targets = setting.data.inputs.map { [2 * $0[0] + 1] }
    setting.configuration.weights = .best
    let trainer = try setting.trainer()
    let spoiled = try Trainer(
      model: trainer.model, loss: trainer.loss,
      differentiator: Spoiled(base: trainer.differentiator, component: 0, value: 0.5, firstStep: 0),
      optimizer: trainer.optimizer, configuration: trainer.configuration, data: trainer.data)
    let result = try spoiled.run(from: spoiled.initialState(parameters: [2, 1]))
    #expect(result.state.best == BestWeights(epoch: 0, loss: 0, parameters: [2, 1]))
    #expect(result.parameters == [2, 1] && result.weights == .best && result.training.loss == 0)
  }

  @Test("A plateau does not replace the weights")
  func plateau() throws {
    var setting = try restless()
    setting.optimizer = "sgd:lr=0"
    setting.configuration.epochs = 5
    #expect(try setting.run().state.best?.epoch == 0)
  }

  @Test("It stops after so many epochs without an improvement, and not before", arguments: [1, 2, 5])
  func patience(patience: Int) throws {
    var setting = try restless()
    setting.configuration.earlyStopping = EarlyStopping(patience: patience)
    let result = try setting.run()
    let losses = result.history.compactMap { $0.validation?.loss }
    // The rule, from the history.
    var base = Double.infinity
    var stale = 0
    var expected = losses.count
    for (index, loss) in losses.enumerated() {
      stale = loss < base ? 0 : stale + 1
      base = min(base, loss)
      if stale == patience {
        expected = index + 1
        break
      }
    }
    #expect(result.outcome == .stoppedEarly && losses.count == expected && expected < 40)
  }

  @Test("An improvement smaller than the least difference does not count, but its weights are kept")
  func minimumDelta() throws {
    var setting = try Setting.moons()
    setting.optimizer = "sgd:lr=0.01"
    setting.configuration.epochs = 30
    setting.configuration.earlyStopping = EarlyStopping(patience: 4, minimumDelta: 1e3)
    let result = try setting.run()
    // The first epoch improves on nothing; none after it improves by a thousand.
    #expect(result.outcome == .stoppedEarly && result.history.count == 5)
    #expect((result.state.best?.epoch ?? 0) > 1)
  }

  @Test("Without a validation part the whole training part is measured at the end of each epoch")
  func withoutValidation() throws {
    var setting = try Setting.line()
    setting.configuration.weights = .best
    let result = try setting.run()
    let last = try #require(result.history.last)
    #expect(last.monitoredTrainingLoss == result.training.loss)
    #expect(last.validation == nil && result.validation == nil)
    setting.configuration.weights = .last
    #expect(try setting.run().history.allSatisfy { $0.monitoredTrainingLoss == nil })
  }

  @Test("Configurations that cannot be are refused")
  func configurations() throws {
    func refuses(_ change: (inout TrainingConfiguration) -> Void) throws {
      var setting = try Setting.line()
      change(&setting.configuration)
      #expect(throws: DifferentiationError.self) { try setting.trainer() }
    }
    try refuses { $0.epochs = -1 }
    try refuses { $0.batch = 0 }
    try refuses { $0.spotCheckInterval = 0 }
    try refuses { $0.earlyStopping = EarlyStopping(patience: 0) }
    try refuses { $0.earlyStopping = EarlyStopping(patience: 1, minimumDelta: -1) }
    try refuses { $0.earlyStopping = EarlyStopping(patience: 1, minimumDelta: .nan) }
  }

  @Test("No epochs: the start, measured")
  func noEpochs() throws {
    var setting = try Setting.moons()
    setting.configuration.epochs = 0
    let result = try setting.run()
    #expect(result.outcome == .completed && result.history.isEmpty && result.test?.samples == 8)
  }
}
