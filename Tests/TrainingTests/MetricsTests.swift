// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import TabularData
import Testing
import Training

@Suite("Metrics")
struct MetricsTests {
  @Test("A single output decides by the threshold of its kind; on the threshold it is the first class")
  func thresholds() {
    func threshold(_ kind: OutputKind, _ encoding: TargetEncoding) -> Double? {
      ClassDecision(outputs: 1, kind: kind, encoding: encoding).threshold
    }
    #expect(threshold(.probability, .probability) == 0.5)
    #expect(threshold(.real, .probability) == 0)
    #expect(threshold(.real, .sign) == 0)
    #expect(threshold(.real, .real) == 0.5)
    let probability = ClassDecision(outputs: 1, kind: .probability, encoding: .probability)
    #expect([0.2, 0.5, 0.7].map { probability([$0][...]) } == [0, 0, 1])
    #expect(probability([.nan][...]) == nil)
  }

  @Test(
    "Of several outputs the largest decides, the first of equals; one that is not a number decides nothing")
  func largest() {
    let decision = ClassDecision(outputs: 3, kind: .real, encoding: .oneHot)
    #expect(decision([1, 3, 2][...]) == 1)
    #expect(decision([3, 1, 3][...]) == 0)
    #expect(decision([1, .nan, 2][...]) == nil)
    #expect(decision([0, -1, -.infinity, 2, 9][1...3]) == 2)
  }

  private func trainer(_ setting: Setting) throws -> Trainer { try setting.trainer() }

  @Test("Numbers by hand: R² and mean absolute error in the file's units, with and without scaled targets")
  func regression() throws {
    var setting = try Setting.line()
    setting.data = try DataSet(
      inputNames: ["x"], targetNames: ["y"], inputs: [[0], [1], [2], [3]], targets: [[1], [3], [5], [9]],
      task: .regression)
    // p = 2x + 1: residuals 0, 0, 0, -2; mean of y 4.5, Σ (y - 4.5)² = 35.
    let plain = try trainer(setting)
    let metrics = try plain.metrics(of: [2, 1], on: plain.data.training)
    #expect(metrics == Metrics(samples: 4, loss: 1, r2: 1 - 4.0 / 35, meanAbsoluteError: 0.5))
    // The same line in scaled targets: (2x + 1 - 4.5) / s.
    setting.scaling = Scaling(inputs: false, targets: true)
    let scaled = try trainer(setting)
    let s = try #require(scaled.data.columns.targetScaling?.scales.first)
    let same = try scaled.metrics(of: [2 / s, -3.5 / s], on: scaled.data.training)
    #expect(abs((same.meanAbsoluteError ?? .nan) - 0.5) < 1e-14)
    let expected: Double = 1 - 4.0 / 35
    let difference: Double = (same.r2 ?? .nan) - expected
    #expect(difference.magnitude < 1e-14)
    #expect(abs(same.loss - 1 / (s * s)) < 1e-14)
  }

  @Test("Targets that do not vary have no R²")
  func constantTargets() throws {
    var setting = try Setting.line()
    setting.data.targets = setting.data.targets.map { _ in [2] }
    let trainer = try trainer(setting)
    #expect(try trainer.metrics(of: [0, 2], on: trainer.data.training).r2 == nil)
  }

  @Test(
    "Accuracy and the majority's share, for each loss on classes",
    arguments: ["hinge", "binary-cross-entropy-logits", "softmax-cross-entropy", "mean-squared"])
  func classification(loss: String) throws {
    var setting = try Setting.line()
    // Classes at x < 0 and x > 0; the fourth sample is on the wrong side. The second class is the larger one.
    setting.data = try DataSet(
      inputNames: ["x"], targetNames: ["y"], inputs: [[-2], [-1], [1], [-0.5], [2]],
      targets: [[0], [0], [1], [1], [1]], task: .classification(classNames: ["no", "yes"]))
    setting.loss = loss
    setting.model = "mlp:hidden=none"
    let trainer = try trainer(setting)
    let outputs = trainer.model.outputCount
    #expect(outputs == (loss == "softmax-cross-entropy" ? 2 : 1))
    // The score is x, or x and -x; numbers near 0 and 1 are decided at ½.
    let parameters: [Double] = outputs == 2 ? [-1, 1, 0, 0] : loss == "mean-squared" ? [1, 0.5] : [1, 0]
    let metrics = try trainer.metrics(of: parameters, on: trainer.data.training)
    #expect(metrics.accuracy == 0.8)
    #expect(metrics.baselineAccuracy == 0.6)
    #expect(metrics.r2 == nil && metrics.meanAbsoluteError == nil)
  }

  @Test("The baseline is the training part's most frequent class, also where it is rare")
  func baseline() throws {
    let setting = try Setting.line()
    let data = try DataSet(
      inputNames: ["x"], targetNames: ["y"], inputs: [[1], [2], [3], [4], [5]],
      targets: [[0], [0], [1], [1], [1]], task: .classification(classNames: ["a", "b"]))
    let model = try Registry.standard.models.make("mlp:inputs=1,hidden=none")
    let loss = try Registry.standard.losses.make("hinge")
    let prepared = try PreparedData(
      data, split: DataSplit(training: [0, 1, 2], test: [3, 4]), model: model, loss: loss)
    let trainer = try Trainer(
      model: model, loss: loss, differentiator: Registry.standard.differentiators.make("tape"),
      optimizer: Registry.standard.optimizers.make("sgd"), configuration: setting.configuration,
      data: prepared)
    let test = try #require(prepared.test)
    #expect(try trainer.metrics(of: [1, 0], on: test).baselineAccuracy == 0)
  }

  @Test("Sum and mean of the losses, penalties left out")
  func reductions() throws {
    var setting = try Setting.line()
    setting.penalties = ["l2:weight=100"]
    let mean = try trainer(setting)
    setting.configuration.reduction = .sum
    let sum = try trainer(setting)
    let a = try mean.metrics(of: [1, 1], on: mean.data.training).loss
    let b = try sum.metrics(of: [1, 1], on: sum.data.training).loss
    #expect(abs(b - 7 * a) <= 8 * b.ulp && b < 100)
  }

  @Test("Data that does not fit the model names columns and numbers")
  func shapes() throws {
    var setting = try Setting.moons()
    setting.model = "line"
    let error = #expect(throws: DifferentiationError.self) { try setting.trainer() }
    #expect(error?.description.contains("2 columns") == true)
    setting = try Setting.moons()
    setting.scaling = Scaling(inputs: true, targets: true)
    #expect(throws: DifferentiationError.self) { try setting.trainer() }
    setting = try Setting.moons()
    setting.model = "mlp:outputs=3"
    #expect(throws: DifferentiationError.self) { try setting.trainer() }
  }
}
