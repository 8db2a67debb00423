// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams

/// A line with noise: x = 0, …, 9, y = x + N, one linear unit, SGD 0.001 with momentum 0.2, 101 epochs.
///
/// The document prints the loss of the last sample only. It goes up and down while the loss over all samples hardly
/// moves: what one sample says of a training is mostly its own noise.
public struct NoisyLineReplay: Replay {
  /// The name.
  public var name: String { "noisy-line" }
  /// What it shows.
  public var summary: String { "a noisy line, and what the loss of the last sample hides" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The line.
  public var systems: [String] { ["S4.3"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// A hundred times 1010 steps.
  public var cost: Double { Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<100)) { defaultSeeds = seeds }

  private static let printed = [
    35.605918884277344, 0.0009036497795023024, 0.0003722869441844523, 0.00011917455412913114, 9.719188710732851e-06,
    1.7146670870715752e-05, 0.00011875847849296406, 0.00029533146880567074, 0.0005307453102432191,
    0.0008115209056995809, 0.0011261961190029979,
  ]

  /// What one seed's training gives.
  private struct Outcome: Sendable {
    let trace: SampleDescent.Trace
    let least: Double

    var end: Double { trace.wholeData.last ?? .nan }
    /// Whether the last sample's loss rises between two looks.
    var rises: Bool { zip(trace.lastSample, trace.lastSample.dropFirst()).contains { $1 > $0 } }
    /// The loss over all samples, largest after epoch 10 over that at epoch 10.
    var drift: Double { (trace.wholeData.dropFirst().max() ?? .nan) / trace.wholeData[1] }
    var isWhole: Bool { trace.isFinite && trace.epochs.count == 11 }
  }

  /// Trains once for each seed.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { try train(seed: $0, settings.differentiator) }
    let whole = runs.outcomes.filter(\.outcome.isWhole)
    var result = ReplayResult()
    for (seed, outcome) in whole.prefix(1) {
      result.lines = zip(outcome.trace.epochs, zip(outcome.trace.lastSample, outcome.trace.wholeData)).map {
        "Epoch: \($0) loss: \(python($1.0)) (seed \(seed)), over all samples \(decimals($1.1, 4))"
      }
      result.figures = zip(outcome.trace.epochs, zip(Self.printed, outcome.trace.lastSample)).map {
        ReplayFigure(
          "S4.3", "last-sample loss, epoch \($0)", document: python($1.0),
          unrepeatable: "\(short($1.1)) with seed \(seed)",
          because: "noise and start are unseeded: twelve numbers nobody recorded, for eleven figures")
      }
      result.traps = [trap(outcome, seed)]
    }
    func bounded(
      _ name: String, _ bound: ClosedRange<Double>, _ stated: String, _ values: [Double], isMended: Bool = false
    ) -> ReplayFigure {
      let middle = median(values)
      return ReplayFigure(
        "S4.3", name, bound: bound, stated: stated, computed: middle, text: short(middle),
        because: "noise and start are unseeded", isMended: isMended)
    }
    let first = runs.values { $0.isWhole ? $0.trace.lastSample[0] : .nan }
    let tenth = runs.values { $0.isWhole ? $0.trace.lastSample[1] : .nan }
    let spread = (low: first.min() ?? .nan, high: first.max() ?? .nan)
    result.figures += [
      ReplayFigure(
        "S4.3", "last-sample loss, epoch 0: over the seeds", bound: 0...35.605918884277344,
        stated: "some above the document's 35.6, some below",
        computed: spread.high > 35.605918884277344 ? spread.low : .nan,
        text: "\(short(spread.low)) to \(short(spread.high))", because: "noise and start are unseeded"),
      bounded("last-sample loss, epoch 10, median", 0...2, "at most 2, twice the noise", tenth),
      ReplayFigure(
        "S4.3", "seeds whose last-sample loss rises between two looks", bound: 0.1...1,
        stated: "10 % or more", computed: runs.rate(\.rises), text: runs.share(\.rises),
        because: "noise and start are unseeded"),
      bounded(
        "loss over all samples, over the least possible, median", 1...1.6, "1 to 1.6",
        runs.values { $0.isWhole ? $0.end / $0.least : .nan }, isMended: true),
      bounded(
        "loss over all samples, largest after epoch 10 over epoch 10, median", 1...1.02, "at most 1.02",
        runs.values { $0.isWhole ? $0.drift : .nan }, isMended: true),
    ]
    result.remarks = [runs.remark]
    return result
  }

  private func trap(_ outcome: Outcome, _ seed: UInt64) -> ReplayTrap {
    func list(_ values: [Double]) -> String { values.map(short).joined(separator: " ") }
    return ReplayTrap(
      "S4.3", "the loss of the last sample",
      document: "every tenth epoch, seed \(seed): \(list(outcome.trace.lastSample))",
      mended: "over all samples: \(list(outcome.trace.wholeData)); least possible \(short(outcome.least))",
      change:
        "the mean over all samples is printed; the document's own figure falls to 9.7e-6 and rises again to 1.1e-3, "
        + "which says how near the line comes to one point, and nothing of the training")
  }

  private func train(seed: UInt64, _ differentiator: any Differentiator) throws -> Outcome {
    let data = try Registry.standard.dataSets.make("line:slope=1,intercept=0,noise=1,from=0,to=9,count=10").generate(
      streams: NamedStreams(seed: seed))
    let descent = try SampleDescent(model: "line", optimizer: "sgd:lr=0.001,momentum=0.2", data: data)
    let trace = try descent.run(from: descent.start(seed: seed), epochs: 101, every: 10, differentiator)
    let best = leastSquaresLine(data.inputs.map { $0[0] }, data.targets.map { $0[0] })
    return Outcome(trace: trace, least: try descent.meanLoss(best))
  }
}
