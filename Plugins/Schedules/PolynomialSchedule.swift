// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A power of what is left: base · (1 - k / total)^power for step k ≤ total, then 0.
public struct PolynomialSchedule: Schedule {
  /// The number of steps until 0.
  public let total: Int
  /// The power.
  public let power: Double

  /// A polynomial schedule.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless total ≥ 1 and power is finite and above 0.
  public init(total: Int, power: Double = 1) throws {
    try DifferentiationError.require(total >= 1, "polynomial", "total", total, "a whole number from 1")
    try DifferentiationError.require(
      power > 0 && power.isFinite, "polynomial", "power", power, "a number above 0")
    self.total = total
    self.power = power
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification("polynomial", [("total", .integer(total)), ("power", .number(power))])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    base * Double.pow(1 - progress(step, of: total), power)
  }

  /// `polynomial` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "polynomial", summary: "a power of the share of steps left, then 0",
      options: [.total, .number("power", default: 1, in: 0 ... .infinity, "power, above 0")],
      facts: ["formula": "base·(1 - step/total)^power"]
    ) { options in
      try PolynomialSchedule(total: try options.total(), power: try options.number("power"))
    }.acceptingWarmUp()
  }
}
