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
  public var document: TeachingDocument { .circle }
  /// Data, split, network, its metrics, and the grid of its picture.
  public var systems: [String] { document.systems }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Ten trainings of 6250 steps.
  public var cost: Double { 26 * Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<10)) { defaultSeeds = seeds }

  /// Trains once for each seed.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { try train(seed: $0, settings.differentiator) }
    var result = ReplayResult(
      lines: runs.outcomes.map { seed, outcome in
        "seed \(seed): val_acc \(decimals(outcome.accuracy, 4)), val_loss \(decimals(outcome.loss, 4)), "
          + "train_loss \(decimals(outcome.trainingLoss, 4)), always 0 would score \(decimals(outcome.baseline, 4))"
      })
    if let first = runs.outcomes.first?.outcome { result.figures = sizes(first) }
    result.figures += medians(runs)
    result.remarks = [
      "the document seeds neither its data nor its weights: its own run cannot be repeated; \(runs.remark)",
      Replays.pictures["S0.5"] ?? "",
    ]
    return result
  }

  /// What does not depend on the random numbers.
  private func sizes(_ outcome: Outcome) -> [ReplayFigure] {
    let inside = Double.pi * 0.25 / 4
    var data = FigureList("S0.1", origin: .derived)
    data.add("points", "5000", "\(outcome.training + outcome.validation)")
    data.add("share of class 1 to expect, π/16", "19.6 %", "\(decimals(100 * inside, 1)) %")
    data.add("accuracy of always 0 to expect", "0.804", decimals(1 - inside, 3))
    var split = FigureList("S0.2", origin: .derived)
    split.add("samples to train and to validate on", "4000, 1000", "\(outcome.training), \(outcome.validation)")
    split.add("batches an epoch", "125", "\(outcome.stepsPerEpoch)")
    var network = FigureList("S0.3", origin: .derived)
    network.add("parameters", "33", "\(outcome.parameters)")
    network.add("steps", "6250", "\(outcome.steps)")
    var printed = FigureList("S0.4")
    // 989 of 1000 in single precision, as Python prints it after converting to double.
    printed.add("989 of 1000 as val_acc is printed", "0.9890000224113464", python(Double(Float(989) / Float(1000))))
    var picture = FigureList("S0.5", origin: .derived)
    let side = numPyRange(from: -1, to: 1, step: 0.01).count
    picture.add("points of the picture's grid", "200 × 200", "\(side) × \(side)")
    return data.figures + split.figures + network.figures + printed.figures + picture.figures
  }

  private func medians(_ runs: SeedRuns<Outcome>) -> [ReplayFigure] {
    let reason = "neither data nor weights are seeded"
    func bounded(
      _ system: String, _ name: String, _ bound: ClosedRange<Double>, _ stated: String,
      _ value: (Outcome) -> Double
    ) -> ReplayFigure {
      let middle = median(runs.values(value))
      return ReplayFigure(
        system, name, bound: bound, stated: stated, computed: middle, text: decimals(middle, 4), because: reason)
    }
    return [
      // Three standard deviations of a single draw.
      bounded("S0.1", "share of class 1, median", 0.1795...0.2132, "π/16 ± 0.0169") { $0.inside },
      bounded("S0.1", "always 0 on the validation part, median", 0.766...0.842, "0.804 ± 0.038") { $0.baseline },
      bounded(
        "S0.4", "validation accuracy, median", 0.983...1, "at least 0.983 (document: 0.9890000224113464, one run)"
      ) { $0.accuracy },
      bounded(
        "S0.4", "validation loss, median", 0...0.062, "at most 0.062 (document: 0.056591153144836426, one run)"
      ) { $0.loss },
      bounded("S0.4", "training loss, median", 0...0.062, "at most 0.062") { $0.trainingLoss },
      bounded(
        "S0.5", "share of the grid called inside, median", 0.185...0.207, "π/16 ± 0.011: the circle was learned"
      ) { $0.region },
    ]
  }
}

extension CircleReplay {
  /// What one training gives.
  private struct Outcome: Sendable {
    var training = 0
    var validation = 0
    var parameters = 0
    var stepsPerEpoch = 0
    var steps = 0
    var inside = Double.nan
    var accuracy = Double.nan
    var loss = Double.nan
    var trainingLoss = Double.nan
    var baseline = Double.nan
    var region = Double.nan
  }

  private func train(seed: UInt64, _ differentiator: any Differentiator) throws -> Outcome {
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
    var outcome = Outcome(
      training: split.train.count, validation: split.test.count, parameters: model.parameters.count,
      stepsPerEpoch: trainer.stepsPerEpoch, steps: result.state.optimizer.step,
      inside: data.targets.reduce(0) { $0 + $1[0] } / Double(data.count))
    // Metrics of weights from before a divergence would be no figures of this training.
    guard result.outcome == .completed, let metrics = result.validation else { return outcome }
    outcome.accuracy = metrics.accuracy ?? .nan
    outcome.loss = metrics.loss
    outcome.baseline = metrics.baselineAccuracy ?? .nan
    outcome.trainingLoss = result.training.loss
    outcome.region = try region(model, result.parameters)
    return outcome
  }

  /// The share of the picture's grid that is called inside: its contour at 0.5.
  private func region(_ model: AnyModel, _ parameters: [Double]) throws -> Double {
    let axis = numPyRange(from: -1, to: 1, step: 0.01)
    let call = model.call(for: Double.self)
    var inside = 0
    for x in axis {
      for y in axis where try call(parameters[...], [x, y][...])[0] > 0.5 { inside += 1 }
    }
    return Double(inside) / Double(axis.count * axis.count)
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
