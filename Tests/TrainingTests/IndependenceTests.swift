// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import TabularData
import Testing
import Training

@Suite("What must not change a training")
struct IndependenceTests {
  @Test("Measuring a validation part, watching, checking the gradient, keeping the best weights")
  func watching() throws {
    let setting = try Setting.moons()
    let trainer = try setting.trainer()
    let plain = try setting.run()
    // The same training part without the others.
    var alone = setting
    let split = try setting.data.split(setting.fractions, order: .shuffled(seed: setting.configuration.seed))
    alone.data = setting.data.selecting(split.training)
    alone.fractions = SplitFractions()
    #expect(try alone.run().state.parameters == plain.state.parameters)
    var checked = setting
    checked.configuration.spotCheckInterval = 3
    let hooks = TrainingHooks(observer: Recorder(), spotCheck: { _, _ in nil })
    #expect(try checked.run(hooks: hooks).state.parameters == plain.state.parameters)
    var best = setting
    best.configuration.weights = .best
    #expect(try best.run().state.parameters == plain.state.parameters)
    // Two runs of one trainer.
    let start = try setting.start(trainer)
    #expect(try trainer.run(from: start) == trainer.run(from: start))
  }

  @Test("The initial parameters depend on the seed, and on nothing else of the configuration")
  func initialization() throws {
    var setting = try Setting.moons()
    let first = try setting.start(setting.trainer()).parameters
    setting.configuration.batch = 3
    setting.configuration.shuffle = false
    setting.fractions = SplitFractions(validation: 0.4, test: 0.1)
    #expect(try setting.start(setting.trainer()).parameters == first)
    setting.configuration.seed = 12
    #expect(try setting.start(setting.trainer()).parameters != first)
  }

  @Test("Shuffling changes the order in every epoch; without it the order is the data's")
  func shuffling() throws {
    var setting = try Setting.moons()
    let shuffled = try setting.run()
    setting.configuration.shuffle = false
    #expect(try setting.run().state.parameters != shuffled.state.parameters)
  }

  @Test("Means and scales come from the training part: poison in the others does not reach it")
  func poison() throws {
    let setting = try Setting.moons()
    let split = try setting.data.split(setting.fractions, order: .shuffled(seed: 11))
    let trainer = try setting.trainer()
    var poisoned = setting.data
    for row in split.test + split.validation { poisoned.inputs[row] = [1e6, -1e6] }
    func data(_ set: DataSet) throws -> PreparedData {
      try PreparedData(set, split: split, scaling: Scaling(), model: trainer.model, loss: trainer.loss)
    }
    let clean = try data(setting.data)
    #expect(try data(poisoned).training == clean.training)
    #expect(try data(poisoned).columns == clean.columns)
    #expect(try data(poisoned).test != clean.test)
    // Poison in the training part does.
    var other = setting.data
    other.inputs[split.training[0]] = [1e6, -1e6]
    #expect(try data(other).columns != clean.columns)
    let scaled = clean.training
    let mean = (0..<scaled.count).reduce(0) { $0 + scaled.input($1).first! } / Double(scaled.count)
    // A sum of 24 numbers of size 1, each off by an ulp or two.
    #expect(mean.magnitude < 24 * 4 * Double.ulpOfOne)
  }

  /// Exact methods differ by roundoff, a few ulps a step, which the steps carry on: 1e-10 leaves room for a
  /// factor of 10⁴ over fifty steps. Differences of order 2 err by the square of an ulp's cube root, 4e-11, with
  /// the same room. A wrong component is seen at once by either.
  @Test(
    "Every method gives the losses of the tape over fifty steps",
    arguments: Registry.standard.differentiators.names.filter { $0 != "tape" })
  func methods(method: String) throws {
    let exact = try Registry.standard.differentiators.make(method).traits.accuracy == .exact
    let tolerance = exact ? 1e-10 : 4e-7
    var setting = try Setting.moons()
    setting.configuration.epochs = 13
    setting.optimizer = "sgd:lr=0.1"
    func losses(_ name: String) throws -> [Double] {
      setting.differentiator = name
      let recorder = Recorder()
      _ = try setting.run(hooks: TrainingHooks(observer: recorder))
      return recorder.steps.map(\.loss)
    }
    let expected = try losses("tape")
    let found = try losses(method)
    #expect(expected.count == 52 && found.count == 52)
    for (a, b) in zip(expected, found) { #expect((a - b).magnitude <= tolerance * a.magnitude) }
  }
}
