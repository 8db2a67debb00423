// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import TabularData
import Training

/// The circle classifier: Linear(2, 8), ReLU, Linear(8, 1), Sigmoid, binary cross-entropy, SGD 0.1, batches of 32 in
/// order, 50 epochs, 5000 points split 80/20 by scikit-learn's seed 42.
///
/// The document does not seed its data and weights, so its own figures cannot come out. What is held is the median over
/// ten seeds: data from `np.random.seed(s)`, weights uniform in ±1/√fanIn from stream s.
public struct CircleReplay: Replay {
  /// The name.
  public var name: String { "circle" }
  /// What it shows.
  public var summary: String { "a classifier of points in a circle, medians over ten seeds" }
  /// Where it comes from.
  public var source: String { "document 000, backpropagation with PyTorch Lightning" }

  /// The seeds.
  public let seeds: [UInt64]

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<10)) { self.seeds = seeds }

  /// Trains once for each seed.
  public func run(differentiator: any Differentiator) throws -> ReplayResult {
    var result = ReplayResult(lines: [], figures: [])
    var outcomes: [(accuracy: Double, loss: Double, baseline: Double)] = []
    for seed in seeds {
      let outcome = try train(seed: seed, differentiator)
      outcomes.append(outcome)
      result.lines.append(
        "seed \(seed): val_acc \(decimals(outcome.accuracy, 4)), val_loss \(decimals(outcome.loss, 4)), "
          + "always 0 would score \(decimals(outcome.baseline, 4))")
    }
    let accuracy = median(outcomes.map(\.accuracy))
    let loss = median(outcomes.map(\.loss))
    result.figures = [
      ReplayFigure(
        "validation accuracy, median", bound: 0.983...1, stated: "at least 0.983 (document: 0.989, one run)",
        computed: accuracy, text: decimals(accuracy, 4)),
      ReplayFigure(
        "validation loss, median", bound: 0...0.062, stated: "at most 0.062 (document: 0.0566, one run)",
        computed: loss, text: decimals(loss, 4)),
    ]
    result.remarks = [
      "the document seeds neither its data nor its weights: its own run cannot be repeated",
      "its printed accuracy 0.9890000224113464 is 989 of 1000 in single precision",
    ]
    return result
  }

  private func train(
    seed: UInt64, _ differentiator: any Differentiator
  ) throws -> (accuracy: Double, loss: Double, baseline: Double) {
    let registry = Registry.standard
    let data = try data(seed: seed)
    let split = try trainTestSplitIndices(count: data.count, testFraction: 0.2, seed: 42)
    let model = try registry.models.make("mlp:inputs=2,hidden=8,outputs=1,activation=relu,output=sigmoid")
    let loss = try registry.losses.make("binary-cross-entropy")
    let trainer = try Trainer(
      model: model, loss: loss, differentiator: differentiator, optimizer: registry.optimizers.make("sgd:lr=0.1"),
      configuration: TrainingConfiguration(epochs: 50, batch: 32, shuffle: false, seed: seed),
      data: PreparedData(
        data, split: DataSplit(training: split.train, validation: split.test), model: model, loss: loss))
    let result = try trainer.run(from: trainer.initialState(with: registry.initializers.make("torch-linear")))
    // Metrics of weights from before a divergence would be no figures of this training.
    guard result.outcome == .completed, let metrics = result.validation else { return (.nan, .nan, .nan) }
    return (metrics.accuracy ?? .nan, metrics.loss, metrics.baselineAccuracy ?? .nan)
  }

  /// 5000 points: row by row, x before y; the label is decided in double precision, the inputs are then rounded to single.
  private func data(seed: UInt64) throws -> DataSet {
    var numpy = NumPyRandom(seed: UInt32(truncatingIfNeeded: seed))
    let draws = numpy.uniforms(10_000, in: -1..<1)
    let points = (0..<5000).map { [draws[2 * $0], draws[2 * $0 + 1]] }
    return try DataSet(
      inputNames: ["x", "y"], targetNames: ["inside"], inputs: points.map { $0.map { Double(Float($0)) } },
      targets: points.map { [$0[0] * $0[0] + $0[1] * $0[1] <= 0.25 ? 1.0 : 0.0] },
      task: .classification(classNames: ["outside", "inside"]))
  }
}
