// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
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
      ReplayFigure(
        "parameters", document: "33", computed: "\(try model().parameters.count)"),
      ReplayFigure(
        "989 of 1000 as Lightning prints it", document: "0.9890000224113464",
        computed: "\(Double(Float(989) / Float(1000)))"),
    ]
    result.remarks.append("the document seeds neither its data nor its weights: its own run cannot be repeated")
    return result
  }

  private func model() throws -> AnyModel {
    try Registry.standard.models.make("mlp:inputs=2,hidden=8,outputs=1,activation=relu,output=sigmoid")
  }

  private func train(
    seed: UInt64, _ differentiator: any Differentiator
  ) throws -> (accuracy: Double, loss: Double, baseline: Double) {
    let registry = Registry.standard
    var numpy = NumPyRandom(seed: UInt32(truncatingIfNeeded: seed))
    // Row by row, x before y; the label is decided in double precision, the inputs are then rounded to single.
    let draws = numpy.uniforms(10_000, in: -1..<1)
    let points = (0..<5000).map { [draws[2 * $0], draws[2 * $0 + 1]] }
    let labels = points.map { [$0[0] * $0[0] + $0[1] * $0[1] <= 0.25 ? 1.0 : 0.0] }
    let inputs = points.map { $0.map { Double(Float($0)) } }
    let split = try trainTestSplitIndices(count: 5000, testFraction: 0.2, seed: 42)

    let model = try model()
    let loss = try registry.losses.make("binary-cross-entropy")
    let optimizer = try registry.optimizers.make("sgd:lr=0.1")
    let batches = try stride(from: 0, to: split.train.count, by: 32).map { start in
      let rows = split.train[start..<min(start + 32, split.train.count)]
      return try Objective(
        model: model, loss: loss, inputs: rows.map { inputs[$0] }, targets: rows.map { labels[$0] }
      ).erased
    }
    var random: any RandomSource = NamedStreams(seed: seed).generator(for: .initialization)
    var parameters = try registry.initializers.make("torch-linear").values(for: model.parameters, random: &random)
    var state = optimizer.initialState(parameterCount: parameters.count)
    var gradient: [Double] = []
    for _ in 0..<50 {
      for batch in batches {
        _ = try differentiator.gradient(of: batch, at: parameters, into: &gradient)
        try optimizer.step(&parameters, gradient: gradient, state: &state)
      }
    }
    let validation = try Objective(
      model: model, loss: loss, inputs: split.test.map { inputs[$0] }, targets: split.test.map { labels[$0] })
    var right = 0
    for row in split.test {
      let p = try model(parameters: parameters[...], input: inputs[row][...])[0]
      if (p > 0.5) == (labels[row][0] > 0.5) { right += 1 }
    }
    let zeros = split.test.filter { labels[$0][0] == 0 }.count
    let count = Double(split.test.count)
    return (Double(right) / count, try validation(parameters), Double(max(zeros, split.test.count - zeros)) / count)
  }
}
