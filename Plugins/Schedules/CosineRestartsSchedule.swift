// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Half cosines from the base towards the minimum, each `multiplier` times as long as the one before, without
/// end: m + (base - m)(1 + cos(πc / p)) / 2 with c steps since the restart and p the length of this period.
///
/// The minimum itself is never reached: at step p the next period starts at the base.
/// Loshchilov and Hutter, *SGDR*, doi:10.48550/arXiv.1608.03983.
public struct CosineRestartsSchedule: Schedule {
  /// The length of the first period in steps.
  public let period: Int
  /// How many times as long each further period is.
  public let multiplier: Int
  /// The rate that a period tends to.
  public let minimum: Double

  /// A cosine schedule with restarts.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless period and multiplier are ≥ 1 and the minimum is
  ///   finite and at least 0.
  public init(period: Int, multiplier: Int = 1, minimum: Double = 0) throws {
    for (name, count) in [("period", period), ("multiplier", multiplier)] {
      try DifferentiationError.require(count >= 1, "cosine-restarts", name, count, "a whole number from 1")
    }
    try DifferentiationError.require(
      minimum >= 0 && minimum.isFinite, "cosine-restarts", "minimum", minimum, "a number from 0")
    self.period = period
    self.multiplier = multiplier
    self.minimum = minimum
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification(
      "cosine-restarts",
      [("period", .integer(period)), ("multiplier", .integer(multiplier)), ("minimum", .number(minimum))])
  }

  /// The rate of a step.
  ///
  /// - Complexity: O(log step).
  public func learningRate(at step: Int, base: Double) -> Double {
    var length = period
    var since = max(step, 0)
    if multiplier == 1 {
      since %= length
    } else {
      while since >= length {
        since -= length
        let (product, overflow) = length.multipliedReportingOverflow(by: multiplier)
        length = overflow ? .max : product
      }
    }
    return cosineBetween(base, minimum, progress(since, of: length))
  }

  /// `cosine-restarts` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "cosine-restarts", summary: "half cosines, back to the base after each period",
      options: [
        .integer("period", default: 100, in: 1 ... .max, "steps of the first period"),
        .integer("multiplier", default: 1, in: 1 ... .max, "growth of the periods"),
        .number("minimum", default: 0, in: 0 ... .infinity, "rate that a period tends to"),
      ],
      facts: ["formula": "minimum + (base - minimum)·(1 + cos(π·since/period))/2"]
    ) { options in
      try CosineRestartsSchedule(
        period: try options.integer("period"), multiplier: try options.integer("multiplier"),
        minimum: try options.number("minimum"))
    }.acceptingWarmUp()
  }
}
