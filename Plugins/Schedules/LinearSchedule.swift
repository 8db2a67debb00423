// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A straight line: base · (a + (b - a)k / total) for step k ≤ total, then base · b.
///
/// `linear:start=1,end=0.1,total=21` with the base 1 is the rate 1 - 0.9·i/21 of a teaching document, to the
/// last bit: the product is formed before the quotient, as there.
public struct LinearSchedule: Schedule {
  /// The factor a at step 0.
  public let start: Double
  /// The factor b from step `total` on.
  public let end: Double
  /// The number of steps from the one to the other.
  public let total: Int

  /// A linear schedule.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless total ≥ 1 and both factors are finite and at least
  ///   0.
  public init(start: Double = 1, end: Double = 0, total: Int) throws {
    for (name, factor) in [("start", start), ("end", end)] {
      try DifferentiationError.require(
        factor >= 0 && factor.isFinite, "linear", name, factor, "a number from 0")
    }
    try DifferentiationError.require(total >= 1, "linear", "total", total, "a whole number from 1")
    self.start = start
    self.end = end
    self.total = total
  }

  /// The specification that makes it again.
  public var specification: String {
    scheduleSpecification(
      "linear", [("start", .number(start)), ("end", .number(end)), ("total", .integer(total))])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    if step >= total { return base * end }
    return base * (start + (end - start) * Double(max(step, 0)) / Double(total))
  }

  /// `linear` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "linear", summary: "a straight line between two factors, then the second",
      options: [
        .number("start", default: 1, in: 0 ... .infinity, "factor at step 0"),
        .number("end", default: 0, in: 0 ... .infinity, "factor from the end on"), .total,
      ],
      facts: ["formula": "base·(start + (end - start)·step/total)"]
    ) { options in
      try LinearSchedule(
        start: try options.number("start"), end: try options.number("end"), total: try options.total())
    }.acceptingWarmUp()
  }
}
