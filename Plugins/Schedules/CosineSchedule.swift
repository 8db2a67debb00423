// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Half a cosine: m + (base - m)(1 + cos(πk / total)) / 2 for step k ≤ total, then the minimum m.
///
/// PyTorch's `CosineAnnealingLR` rises again after its end, which surprises who trains longer; here the rate
/// stays. Loshchilov and Hutter, *SGDR*, doi:10.48550/arXiv.1608.03983.
public struct CosineSchedule: Schedule {
  /// The number of steps until the minimum.
  public let total: Int
  /// The rate at the end, a rate and not a factor.
  public let minimum: Double

  /// A cosine schedule.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless total ≥ 1 and the minimum is finite and at least
  ///   0.
  public init(total: Int, minimum: Double = 0) throws {
    try DifferentiationError.require(total >= 1, "cosine", "total", total, "a whole number from 1")
    try DifferentiationError.require(
      minimum >= 0 && minimum.isFinite, "cosine", "minimum", minimum, "a number from 0")
    self.total = total
    self.minimum = minimum
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification("cosine", [("total", .integer(total)), ("minimum", .number(minimum))])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    cosineBetween(base, minimum, progress(step, of: total))
  }

  /// `cosine` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "cosine", summary: "half a cosine down to the minimum, then that",
      options: [.total, .number("minimum", default: 0, in: 0 ... .infinity, "rate at the end")],
      facts: ["formula": "minimum + (base - minimum)·(1 + cos(π·step/total))/2"]
    ) { options in
      try CosineSchedule(total: try options.total(), minimum: try options.number("minimum"))
    }.acceptingWarmUp()
  }
}
