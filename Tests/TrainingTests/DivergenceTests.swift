// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Testing
import Training

@Suite("Divergence")
struct DivergenceTests {
  private func divergence(_ result: TrainingResult) -> Divergence? {
    guard case .diverged(let divergence) = result.outcome else { return nil }
    return divergence
  }

  private func spoiled(_ value: Double, from step: Int, component: Int) throws -> Trainer {
    let setting = try Setting.moons()
    let base = try setting.trainer()
    return try Trainer(
      model: base.model, loss: base.loss,
      differentiator: Spoiled(base: base.differentiator, component: component, value: value, firstStep: step),
      optimizer: base.optimizer, configuration: base.configuration, data: base.data)
  }

  @Test(
    "A gradient that is not finite: step, parameter by name, advice; nothing before it is lost",
    arguments: [Double.nan, .infinity])
  func gradient(value: Double) throws {
    // 24 samples train in batches of 7: 4 steps an epoch. The spoiled step is the third of the third epoch.
    let trainer = try spoiled(value, from: 10, component: 13)
    let start = try Setting.moons().start(trainer)
    let result = try trainer.run(from: start)
    let found = try #require(divergence(result))
    #expect(found.sign == .gradient && found.step == 11 && found.epoch == 3)
    #expect(found.parameter == trainer.model.parameters.name(of: 13))
    let text = found.description
    #expect(
      text.contains("step 11") && text.contains(found.parameter) && text.contains("lower the learning rate"))
    #expect(text.contains("clip") && text.contains("scale the inputs"))
    #expect(result.history == Array((try Setting.moons().run()).history.prefix(2)))
    #expect(result.parameters == result.state.best?.parameters && result.weights == .best)
    let failure = #expect(throws: TrainingFailure.self) { try result.requireSuccess() }
    #expect(failure?.state.history.count == 2 && failure?.description == text)
  }

  @Test("A rate that is too large: the loss grows beyond a million times that at the start")
  func growth() throws {
    var setting = try Setting.line()
    setting.optimizer = "sgd:lr=0.9"
    setting.configuration.epochs = 1000
    let result = try setting.run()
    let found = try #require(divergence(result))
    #expect(found.sign == .growth && found.value > 1e6)
    #expect(["m", "c"].contains(found.parameter))
    #expect(found.learningRate == 0.9)
    #expect(result.history.count == found.epoch - 1 && result.state.parameters.allSatisfy(\.isFinite))
  }

  @Test("A loss that overflows, and a step that does")
  func overflow() throws {
    let trainer = try Setting.line().trainer()
    let loss = try trainer.run(from: trainer.initialState(parameters: [1e200, 0]))
    #expect(
      divergence(loss)?.sign == .loss && divergence(loss)?.step == 1 && divergence(loss)?.parameter == "m")
    #expect(loss.parameters == [1e200, 0] && loss.history.isEmpty)
    var setting = try Setting.line()
    setting.optimizer = "sgd:lr=1e308"
    let step = try setting.trainer()
    let start = try step.initialState(parameters: [1e3, 0])
    let result = try step.run(from: start)
    #expect(divergence(result)?.sign == .parameter && divergence(result)?.parameter == "m")
    #expect(result.state.parameters == start.parameters)
    // Nothing of the failed step is kept: the state is whole, can be stored and gone on from, and ends the same way.
    #expect(result.state.step == 0 && result.state.epoch == 0 && result.state.optimizer == start.optimizer)
    #expect(result.state.history.isEmpty && divergence(result)?.step == 1)
    let stored = try Checkpoint(data: Checkpoint(step, state: result.state).data(), path: "c.json")
    #expect(divergence(try step.run(from: stored.state(for: step, path: "c.json"))) == divergence(result))
  }

  @Test(
    "Growth within the only epoch is seen, and where the start may be kept, it is",
    arguments: [WeightChoice.last, .best])
  func growthInTheFirstEpoch(weights: WeightChoice) throws {
    var setting = try Setting.line()
    setting.optimizer = "sgd:lr=1e6"
    setting.configuration.epochs = 1
    setting.configuration.weights = weights
    let trainer = try setting.trainer()
    let start = try setting.start(trainer)
    let result = try trainer.run(from: start)
    let found = try #require(divergence(result))
    // Three batches: the second sees what the first step did.
    #expect(found.sign == .growth && found.step == 2 && found.epoch == 1 && result.history.isEmpty)
    #expect(found.description.contains("at the start"))
    #expect(result.weights == weights)
    if weights == .best {
      #expect(result.parameters == start.parameters && result.state.best?.epoch == 0)
      #expect(result.state.best?.loss == result.training.loss)
    }
  }

  @Test("What the very last step did is seen in the loss of the training part", arguments: [1e6, 1e160])
  func growthByTheLastStep(rate: Double) throws {
    var setting = try Setting.line()
    setting.optimizer = "sgd:lr=\(rate)"
    setting.configuration.epochs = 1
    setting.configuration.batch = nil
    let result = try setting.run()
    let found = try #require(divergence(result))
    #expect(found.sign == (rate < 1e100 ? .growth : .loss) && found.step == 1 && found.epoch == 1)
    #expect(["m", "c"].contains(found.parameter) && found.learningRate == rate)
  }

  @Test("A first batch that happens to fit makes nothing else look like growth")
  func luckyFirstBatch() throws {
    // One sample a batch: the first lies on the starting line, the others are thousands away from it.
    var setting = try Setting.line()
    setting.data.targets = setting.data.inputs.enumerated().map { [$0 == 0 ? 0 : 5e3 + $1[0]] }
    setting.configuration = TrainingConfiguration(epochs: 3, batch: 1, shuffle: false)
    let trainer = try setting.trainer()
    #expect(try trainer.run(from: trainer.initialState(parameters: [0, 0])).outcome == .completed)
  }

  @Test("Starting at the solution is no divergence")
  func atTheSolution() throws {
    var setting = try Setting.line()
    setting.data.targets = setting.data.inputs.map { [2 * $0[0] + 1] }
    setting.optimizer = "adam:lr=0.001"
    setting.configuration.epochs = 50
    let trainer = try setting.trainer()
    #expect(try trainer.run(from: trainer.initialState(parameters: [2, 1])).outcome == .completed)
  }

  @Test("An error of a model, of an observer: it comes back with the history")
  func failures() throws {
    struct Stop: Error, Equatable {}
    struct Failing: TrainingObserver {
      func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
        if record.epoch == 2 { throw Stop() }
      }
    }
    let failure = #expect(throws: TrainingFailure.self) {
      try Setting.moons().run(hooks: TrainingHooks(observer: Failing()))
    }
    #expect(failure?.underlying as? Stop == Stop() && failure?.state.history.count == 2)
  }

  @Test("Initial parameters that are not finite, or too few, are refused")
  func start() throws {
    let trainer = try Setting.line().trainer()
    let error = #expect(throws: DifferentiationError.self) {
      try trainer.initialState(parameters: [0, .nan])
    }
    #expect(error?.description.contains("initial value of c") == true)
    #expect(throws: DifferentiationError.self) { try trainer.initialState(parameters: [0]) }
  }
}
