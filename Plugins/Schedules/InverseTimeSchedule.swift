// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The base over a growing time: base / (1 + decay · k), for all steps k.
///
/// With it, the conditions of Robbins and Monro for convergence under noise hold,
/// doi:10.1214/aoms/1177729586.
public struct InverseTimeSchedule: Schedule {
  /// The decay per step.
  public let decay: Double

  /// A hyperbolic schedule.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless decay is finite and at least 0.
  public init(decay: Double) throws {
    try DifferentiationError.require(
      decay >= 0 && decay.isFinite, "inverse-time", "decay", decay, "a number from 0")
    self.decay = decay
  }

  /// The specification that makes it again.
  public var specification: String { scheduleSpecification("inverse-time", [("decay", .number(decay))]) }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    base / (1 + decay * Double(max(step, 0)))
  }

  /// `inverse-time` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "inverse-time", summary: "the base over 1 + decay × step",
      options: [.number("decay", default: 0.01, in: 0 ... .infinity, "decay per step")],
      facts: ["formula": "base/(1 + decay·step)"]
    ) { options in
      try InverseTimeSchedule(decay: try options.number("decay"))
    }.acceptingWarmUp()
  }
}
