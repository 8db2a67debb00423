// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams

/// A noisy parabola, (x + N)², by a network 1-5-5-1 with sigmoid and relu: 46 parameters, 1000 epochs.
///
/// Neither noise nor start is seeded. Where all five rectified units die the network is a constant for good, and some
/// trainings run away: both are counted over seeds.
public struct NoisyParabolaReplay: Replay {
  /// The name.
  public var name: String { "noisy-parabola" }
  /// What it shows.
  public var summary: String { "a noisy parabola by sigmoid and relu: failures and dead units counted" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The network.
  public var systems: [String] { ["S4.6"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Twice twenty times 11 000 steps.
  public var cost: Double { 25 * Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<20)) { defaultSeeds = seeds }

  private static let printed = [
    624.072021484375, 80.38497924804688, 55.96634292602539, 51.60333251953125, 50.64577865600586, 48.12451171875,
    40.952083587646484, 30.078516006469727, 18.275850296020508, 8.98275089263916,
  ]

  /// Trains each seed from PyTorch's initialization, and from the same with biases 0.5.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let network = try MultilayerPerceptron(inputs: 1, hidden: [5, 5], outputs: 1, activations: [.sigmoid, .relu])
    let training = NetworkTraining(
      network: network, data: "parabola:noise=1,noise-on=argument", optimizer: "sgd:lr=0.001,momentum=0.1",
      epochs: 1000, far: [])
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { seed in
      (
        torch: try training.run(seed: seed, settings.differentiator),
        raised: try training.run(seed: seed, biases: 0.5, settings.differentiator)
      )
    }
    var size = FigureList("S4.6", origin: .derived)
    size.add("parameters", "46", "\(network.parameters.count)")
    let reason = "unseeded noise and weights"
    var result = ReplayResult(
      lines: runs.outcomes.map { "seed \($0): \($1.torch.line); biases 0.5: \($1.raised.line)" }, figures: size.figures)
    if let (seed, first) = runs.outcomes.first {
      result.figures += zip(first.torch.trace.epochs, zip(Self.printed, first.torch.trace.lastSample)).map {
        ReplayFigure(
          "S4.6", "epoch \($0)", document: python($1.0), unrepeatable: "\(short($1.1)) with seed \(seed)",
          because: reason)
      }
    }
    let first = runs.values { $0.torch.trace.lastSample.first ?? .nan }
    let last = runs.values { $0.torch.trace.isFinite ? $0.torch.trace.lastSample.last ?? .nan : .infinity }
    let dead = (
      start: mean(runs.values { Double($0.torch.deadAtStart) }), torch: mean(runs.values { Double($0.torch.dead) }),
      raised: mean(runs.values { Double($0.raised.dead) })
    )
    result.figures += [
      ReplayFigure(
        "S4.6", "last-sample loss, epoch 0, median", bound: 200...1200, stated: "200 to 1200 (document: 624.07)",
        computed: median(first), text: short(median(first)), because: reason),
      ReplayFigure(
        "S4.6", "last-sample loss, epoch 900, median", bound: 0...150, stated: "at most 150 (document: 8.98)",
        computed: median(last), text: short(median(last)), because: reason),
      ReplayFigure(
        "S4.6", "seeds whose last-sample loss ends at a tenth or less", bound: 0.3...1, stated: "30 % or more",
        computed: runs.rate(falls), text: runs.share(falls), because: reason),
      ReplayFigure(
        "S4.6", "dead of 5 rectified units, mean", bound: 0.1...4, stated: "0.1 to 4", computed: dead.torch,
        text: short(dead.torch), because: reason),
      ReplayFigure(
        "S4.6", "dead units where all biases begin at 0.5, mean", bound: 0...0.6, stated: "at most 0.6",
        computed: dead.raised, text: short(dead.raised), because: reason, isMended: true),
    ]
    result.traps = [
      ReplayTrap(
        "S4.6", "dead rectified units",
        document:
          "\(short(dead.torch)) of 5 units are dead (mean), \(short(dead.start)) before the first step; all five, "
          + "so that the network is a constant, in \(runs.share { $0.torch.dead == 5 }); numbers ran away in "
          + runs.share { !$0.torch.trace.isFinite },
        mended:
          "all biases begin at 0.5: \(short(dead.raised)) of 5; all five in \(runs.share { $0.raised.dead == 5 })",
        change:
          "only the start: with small positive biases nearly every unit is above zero somewhere, and has a gradient "
          + "to learn by; leaky-relu has no dead units at all")
    ]
    result.remarks = [runs.remark]
    return result
  }

  private func falls(_ outcome: (torch: NetworkTraining.Outcome, raised: NetworkTraining.Outcome)) -> Bool {
    let losses = outcome.torch.trace.lastSample
    guard outcome.torch.trace.isFinite, let first = losses.first, let last = losses.last else { return false }
    return last <= first / 10
  }
}
