// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A factor at every step: base · γ^k, for all steps k.
///
/// A γ above 1 rises without bound, as one does to find a good rate; the rate is infinite in the end.
public struct ExponentialSchedule: Schedule {
  /// The factor γ.
  public let gamma: Double

  /// A geometric schedule.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless gamma is finite and at least 0.
  public init(gamma: Double) throws {
    try DifferentiationError.require(
      gamma >= 0 && gamma.isFinite, "exponential", "gamma", gamma, "a number from 0")
    self.gamma = gamma
  }

  /// The specification that makes it again.
  public var specification: String { scheduleSpecification("exponential", [("gamma", .number(gamma))]) }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    base * Double.pow(gamma, Double(max(step, 0)))
  }

  /// `exponential` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "exponential", summary: "a factor at every step",
      options: [.number("gamma", default: 0.99, in: 0 ... .infinity, "factor")],
      facts: ["formula": "base·gamma^step"]
    ) { options in
      try ExponentialSchedule(gamma: try options.number("gamma"))
    }.acceptingWarmUp()
  }
}
