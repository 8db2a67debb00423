// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A factor at each milestone: base · γ^(number of milestones ≤ k). Past the last milestone the rate stays.
public struct MultiStepSchedule: Schedule {
  /// The steps from which a further factor counts, ascending; one that stands twice counts twice.
  public let milestones: [Int]
  /// The factor γ.
  public let gamma: Double

  /// A schedule of milestones, in any order.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for a negative milestone, or a gamma that is not finite
  ///   and ≥ 0.
  public init(milestones: [Int], gamma: Double = 0.1) throws {
    try DifferentiationError.require(
      milestones.allSatisfy { $0 >= 0 }, "multi-step", "milestones", milestones, "whole numbers from 0")
    try DifferentiationError.require(
      gamma >= 0 && gamma.isFinite, "multi-step", "gamma", gamma, "a number from 0")
    self.milestones = milestones.sorted()
    self.gamma = gamma
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification("multi-step", [("milestones", .integers(milestones)), ("gamma", .number(gamma))])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    let step = max(step, 0)
    let passed = milestones.firstIndex { $0 > step } ?? milestones.count
    return base * Double.pow(gamma, Double(passed))
  }

  /// `multi-step` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "multi-step", summary: "a factor at each milestone",
      options: [
        .integers("milestones", default: [100, 200], minimum: 0, "steps joined by x, as in 10x30"),
        .number("gamma", default: 0.1, in: 0 ... .infinity, "factor"),
      ],
      facts: ["formula": "base·gamma^(milestones passed)"]
    ) { options in
      try MultiStepSchedule(
        milestones: try options.integers("milestones"), gamma: try options.number("gamma"))
    }.acceptingWarmUp()
  }
}
