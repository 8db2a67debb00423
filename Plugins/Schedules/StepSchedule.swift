// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A factor after every so many steps: base · γ^⌊k / size⌋, for all steps k.
public struct StepSchedule: Schedule {
  /// The number of steps at one rate.
  public let size: Int
  /// The factor γ.
  public let gamma: Double

  /// A schedule of stairs.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless size ≥ 1 and gamma is finite and at least 0.
  public init(size: Int, gamma: Double = 0.1) throws {
    try DifferentiationError.require(size >= 1, "step", "size", size, "a whole number from 1")
    try DifferentiationError.require(gamma >= 0 && gamma.isFinite, "step", "gamma", gamma, "a number from 0")
    self.size = size
    self.gamma = gamma
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification("step", [("size", .integer(size)), ("gamma", .number(gamma))])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    base * Double.pow(gamma, Double(max(step, 0) / size))
  }

  /// `step` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "step", summary: "a factor after every so many steps",
      options: [
        .integer("size", default: 100, in: 1 ... .max, "steps at one rate"),
        .number("gamma", default: 0.1, in: 0 ... .infinity, "factor"),
      ],
      facts: ["formula": "base·gamma^floor(step/size)"]
    ) { options in
      try StepSchedule(size: try options.integer("size"), gamma: try options.number("gamma"))
    }.acceptingWarmUp()
  }
}
