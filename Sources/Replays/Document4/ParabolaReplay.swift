// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams

/// A parabola by Linear(1, 2), Sigmoid, Linear(2, 1): seven parameters, SGD 0.001 with momentum 0.1, 2000 epochs.
///
/// The document's start is random and not recorded, but its data are exact: its twenty figures determine what of the
/// seven numbers matters. A start was fitted to them (Tests/ReplaysTests/Generators/parabola_start.py), and all twenty
/// come out. "If you get a straight line, run again": how often that is needed is counted over seeds.
public struct ParabolaReplay: Replay {
  /// The name.
  public var name: String { "parabola" }
  /// What it shows.
  public var summary: String { "seven parameters learn a parabola: twenty losses, and how often it fails" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The network.
  public var systems: [String] { ["S4.4"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Twenty times 22 000 steps.
  public var cost: Double { 17 * Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<20)) { defaultSeeds = seeds }

  private static let printed = [
    "630.28", "259.37", "262.93", "270.47", "274.66", "258.63", "174.46", "118.91", "84.72", "61.71", "45.82", "34.73",
    "26.92", "21.36", "17.34", "14.40", "12.22", "10.58", "9.34", "8.38",
  ]
  /// Weights and biases of the first layer, weights and bias of the second.
  private static let start = [-0.8184245, -0.0894266, -0.7552751, -0.1651652, 0.1835179, 0.3443037, -0.4366221]

  /// Trains from the document's start, then once for each seed.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let data = try Registry.standard.dataSets.make("parabola").generate(streams: NamedStreams(seed: 0))
    let descent = try SampleDescent(
      model: "mlp:inputs=1,hidden=2,outputs=1,activation=sigmoid", optimizer: "sgd:lr=0.001,momentum=0.1", data: data)
    let method = settings.differentiator
    let own = try descent.run(from: Self.start, epochs: 2000, every: 100, method)
    var figures = FigureList("S4.4")
    for (i, document) in Self.printed.enumerated() {
      figures.add(
        "epoch \(100 * i)", document,
        own.lastSample.indices.contains(i) ? decimals(own.lastSample[i], 2) : "not reached")
    }
    var size = FigureList("S4.4", origin: .derived)
    size.add("parameters", "7", "\(descent.model.parameters.count)")
    let middle = mean(data.targets.map { $0[0] })
    // The best straight line through a parabola about its axis is its mean.
    let straight = data.targets.reduce(0) { $0 + ($1[0] - middle) * ($1[0] - middle) } / Double(data.count)
    size.add("mean error of the best straight line", "78.0", python(straight))

    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { seed in
      let trace = try descent.run(from: descent.start(seed: seed), epochs: 2000, every: 100, method)
      return (trace: trace, error: trace.isFinite ? try descent.meanLoss(trace.parameters) : .nan)
    }
    let learned = runs.rate { $0.error < straight / 2 }
    let reason = "the document's start is unseeded"
    let beyond = try (2..<10).map { try descent.prediction(own.parameters, at: Double($0)) }
    var result = ReplayResult(figures: figures.figures + size.figures)
    result.lines = zip(own.epochs, own.lastSample).map { "Epoch: \(decimals(Double($0), 2)) loss: \(decimals($1, 2))" }
    result.figures += [
      ReplayFigure(
        "S4.4", "seeds that learn the parabola, and no straight line", bound: 0.3...1, stated: "30 % or more",
        computed: learned, text: runs.share { $0.error < straight / 2 }, because: reason),
      ReplayFigure(
        "S4.4", "last-sample loss at epoch 1900, median of these", bound: 0...100,
        stated: "at most 100 (document: 8.38)", computed: median(ends(runs, below: straight / 2)),
        text: short(median(ends(runs, below: straight / 2))), because: reason),
      ReplayFigure(
        "S4.4", "extrapolated to x = 9, from the document's start", bound: 0...40, stated: "at most 40, where x² = 81",
        computed: beyond.last ?? .nan, text: short(beyond.last ?? .nan),
        because: "the document shows a picture: beyond x = 5 sigmoids are flat"),
    ]
    result.traps = [
      ReplayTrap(
        "S4.4", "a straight line: run again",
        document: "one run, and its picture shows whether it was a good one",
        mended: "\(runs.share { $0.error < straight / 2 }) learn the parabola: mean error below \(short(straight / 2))",
        change: "the seeds are counted; for another range: --seeds FIRST..LAST")
    ]
    result.remarks = [
      "the document's start was fitted to its twenty figures: seven numbers, of which not all directions matter. "
        + runs.remark,
      Replays.pictures["S4.4"] ?? "",
      "on 2, …, 9 the trained network gives \(beyond.map { decimals($0, 1) }.joined(separator: ", "))",
    ]
    return result
  }

  private func ends(_ runs: SeedRuns<(trace: SampleDescent.Trace, error: Double)>, below limit: Double) -> [Double] {
    runs.outcomes.filter { $0.outcome.error < limit }.map { $0.outcome.trace.lastSample.last ?? .nan }
  }
}
