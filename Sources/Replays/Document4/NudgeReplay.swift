// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams

/// Learning y = 3x from one sample by nudging the weight by 0.05 against the sign of the error, ninety times at most.
///
/// The start is random and not recorded. The last line, 9.121440469968388 = 3.04 x 3.00, gives it back: stepping from
/// there by 0.05 down 45 times. That is the optimizer `sign-descent` on the squared error.
public struct NudgeReplay: Replay {
  /// The name.
  public var name: String { "nudge" }
  /// What it shows.
  public var summary: String { "a weight nudged by 0.05 until 3 w = 9" }
  /// Where it comes from.
  public var document: TeachingDocument { .basics }
  /// The learner.
  public var systems: [String] { ["S4.1"] }
  /// The seeds.
  public let defaultSeeds: [UInt64]

  /// Creates the replay.
  public init(seeds: [UInt64] = Array(0..<20)) { defaultSeeds = seeds }

  private static let printed = [
    "current weight for \"b\" is: 0.79 and gives error: -6.63",
    "current weight for \"b\" is: 1.29 and gives error: -5.13",
    "current weight for \"b\" is: 1.79 and gives error: -3.63",
    "current weight for \"b\" is: 2.29 and gives error: -2.13",
    "current weight for \"b\" is: 2.79 and gives error: -0.63",
  ]

  /// Learns from the document's start, then from others.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let method = settings.differentiator
    let learned = try learn(from: 0.7904801566561315, method)
    var figures = FigureList("S4.1")
    for (i, document) in Self.printed.enumerated() {
      figures.add("nudge \(10 * i)", document, learned.lines.indices.contains(i) ? learned.lines[i] : "not reached")
    }
    let weight = learned.weight
    figures.add(
      "y = weight * x", "9.121440469968388 = 3.04 x 3.00",
      "\(python(weight * 3)) = \(decimals(weight, 2)) x \(decimals(3, 2))")
    let runs = try SeedRuns(settings.seeds ?? defaultSeeds, settings) { seed in
      var random = PythonRandom(seed: seed)
      return try learn(from: random.uniform(), method)
    }
    return ReplayResult(
      lines: learned.lines,
      figures: figures.figures + [
        ReplayFigure(
          "S4.1", "random starts that learn within 90 nudges", bound: 1...1, stated: "all",
          computed: runs.rate(\.isFound), text: runs.share(\.isFound), because: "the document's start is not recorded")
      ],
      remarks: ["the start 0.7904801566561315 was found from the last line. " + runs.remark])
  }

  private struct Learned: Sendable {
    var lines: [String] = []
    var weight: Double
    var isFound = false
  }

  private func learn(from start: Double, _ method: any Differentiator) throws -> Learned {
    let optimizer = try Registry.standard.optimizers.make("sign-descent:lr=0.05")
    let loss = SquaredProportion().erased
    var state = optimizer.initialState(parameterCount: 1)
    var learned = Learned(weight: start)
    var weight = [start]
    var gradient: [Double] = []
    for i in 0..<90 where !learned.isFound {
      let error = 3 * weight[0] - 9
      if i % 10 == 0 {
        learned.lines.append(
          "current weight for \"b\" is: \(decimals(weight[0], 2)) and gives error: \(decimals(error, 2))")
      }
      _ = try method.gradient(of: loss, at: weight, into: &gradient)
      try optimizer.step(&weight, gradient: gradient, state: &state)
      learned.isFound = error <= 0.1 && error >= -0.1
    }
    learned.weight = weight[0]
    return learned
  }
}

/// (3 w - 9)².
private struct SquaredProportion: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ w: [S]) throws -> S {
    let error = 3 * w[0] - 9
    return error * error
  }
}
