// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Models
import RandomStreams

/// The parabola by a network 1-10-10-1 with relu: 141 parameters, SGD 0.001 with momentum 0.1, 2000 epochs.
///
/// Nothing is seeded, and 141 numbers cannot be had back from twenty figures: what is held are medians over seeds.
/// Some of the twenty rectified units are zero on all data and stay so, most of them from the start: biases of 0.5 mend it.
public struct DeepParabolaReplay: Replay {
  /// The name.
  public var name: String { "deep-parabola" }
  /// What it shows.
  public var summary: String { "more layers learn the parabola, are wrong beyond it, and have dead units" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The network.
  public var systems: [String] { ["S4.5"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]
  /// Twice ten times 22 000 steps.
  public var cost: Double { 70 * Double(defaultSeeds.count) }

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<10)) { defaultSeeds = seeds }

  private static let printed = [
    590.6538696289062, 6.304247856140137, 4.369113445281982, 3.771472930908203, 3.4472603797912598, 3.2059061527252197,
    2.9549801349639893, 2.6307036876678467, 2.135798692703247, 1.0878195762634277, 0.003154156729578972,
    2.0137522369623184e-06, 5.125799361849204e-06, 0.0008934157085604966, 0.0008060423424467444, 0.0007054245797917247,
    0.0006009927019476891, 0.0005197733407840133, 0.00039454386569559574, 0.00023097172379493713,
  ]

  /// Trains each seed from PyTorch's initialization, and from the same with biases 0.5.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let network = try MultilayerPerceptron(inputs: 1, hidden: [10, 10], outputs: 1, activations: [.relu])
    let training = NetworkTraining(
      network: network, data: "parabola", optimizer: "sgd:lr=0.001,momentum=0.1", epochs: 2000, far: [-10, 10])
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { seed in
      (
        torch: try training.run(seed: seed, settings.differentiator),
        raised: try training.run(seed: seed, biases: 0.5, settings.differentiator)
      )
    }
    var size = FigureList("S4.5", origin: .derived)
    size.add("parameters", "141", "\(network.parameters.count)")
    let reason = "141 unseeded weights"
    func bounded(
      _ name: String, _ bound: ClosedRange<Double>, _ stated: String, _ values: [Double], isMended: Bool = false
    ) -> ReplayFigure {
      ReplayFigure(
        "S4.5", name, bound: bound, stated: stated, computed: median(values), text: short(median(values)),
        because: reason, isMended: isMended)
    }
    var result = ReplayResult(
      lines: runs.outcomes.map { "seed \($0): \($1.torch.line); biases 0.5: \($1.raised.line)" }, figures: size.figures)
    if let (seed, first) = runs.outcomes.first {
      result.figures += zip(first.torch.trace.epochs, zip(Self.printed, first.torch.trace.lastSample)).map {
        ReplayFigure(
          "S4.5", "epoch \($0)", document: python($1.0), unrepeatable: "\(short($1.1)) with seed \(seed)",
          because: reason)
      }
    }
    let dead = (
      start: mean(runs.values { Double($0.torch.deadAtStart) }), torch: mean(runs.values { Double($0.torch.dead) }),
      raised: mean(runs.values { Double($0.raised.dead) })
    )
    result.figures += [
      bounded(
        "last-sample loss, epoch 0, median", 500...700, "500 to 700 (document: 590.65)",
        runs.values {
          $0.torch.trace.lastSample.first ?? .nan
        }),
      bounded(
        "smallest last-sample loss of the twenty, median", 0...0.05, "at most 0.05 (document: 2e-6)",
        runs.values {
          $0.torch.trace.lastSample.min() ?? .nan
        }),
      bounded("mean error over all samples, median", 0...1, "at most 1", runs.values(\.torch.error)),
      bounded(
        "extrapolated to x = 10, median", 50...90, "50 to 90, where x² = 100: \"still not great\"",
        runs.values { $0.torch.far[1] }),
      ReplayFigure(
        "S4.5", "dead of 20 rectified units, mean", bound: 1...8, stated: "1 to 8", computed: dead.torch,
        text: short(dead.torch), because: reason),
      ReplayFigure(
        "S4.5", "dead units where all biases begin at 0.5, mean", bound: 0...1, stated: "at most 1",
        computed: dead.raised, text: short(dead.raised), because: reason, isMended: true),
    ]
    result.traps = [
      ReplayTrap(
        "S4.5", "dead rectified units",
        document: "\(short(dead.torch)) of \(RectifiedUnits.count(network)) units are zero on all data (mean), "
          + "\(short(dead.start)) of them before the first step",
        mended:
          "all biases begin at 0.5: \(short(dead.raised)); mean error \(short(median(runs.values(\.raised.error)))) "
          + "instead of \(short(median(runs.values(\.torch.error))))",
        change:
          "only the start: with small positive biases nearly every unit is above zero somewhere, and has a gradient "
          + "to learn by; leaky-relu has no dead units at all")
    ]
    result.remarks = [runs.remark, Replays.pictures["S4.5"] ?? ""]
    return result
  }
}
