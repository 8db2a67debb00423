// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What every schedule has to keep.
public enum ScheduleRule: String, ConformanceRule {
  /// A specification is there.
  case specification
  /// Every rate is finite and not negative, at step 10¹² too.
  case range
  /// The same step has the same rate, in whatever order steps are asked for.
  case purity
  /// Twice the base rate gives twice the rate.
  case scaling

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the schedule again: a resumed training needs it."
    case .range: "Training may outlast the schedule: say what comes after its last step; let no power overflow."
    case .purity: "A schedule is a function of the step; a stored counter is wrong after a resume."
    case .scaling: "Multiply the base rate, or say scalesWithBase: false for a schedule with rates of its own."
    }
  }
}

/// The contract of a ``/DifferentiationCore/Schedule``: run it on your own.
public struct ScheduleSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = ScheduleRule

  /// The schedule under test.
  public let schedule: any Schedule

  /// Whether the rates are in proportion to the base rate.
  public let scalesWithBase: Bool

  /// A suite for a schedule; say `scalesWithBase: false` for one with absolute rates.
  public init(_ schedule: any Schedule, scalesWithBase: Bool = true) {
    self.schedule = schedule
    self.scalesWithBase = scalesWithBase
  }

  /// The specification.
  public var subject: String { schedule.specification }

  private static let steps = Array(0..<300) + [999, 1000, 1001, 12_345, 1_000_000, 1_000_000_000_000]

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    var found = require(
      !schedule.specification.isEmpty, .specification, "specification", expected: "a specification", found: "''")
    let rates = Self.steps.map { schedule.learningRate(at: $0, base: 0.1) }
    for (step, rate) in zip(Self.steps, rates) where !(rate >= 0 && rate.isFinite) {
      found.append(failure(.range, "step \(step)", expected: "a finite rate of 0 or more", found: "\(rate)"))
    }
    let backwards = Self.steps.reversed().map { schedule.learningRate(at: $0, base: 0.1) }
    for (step, (rate, other)) in zip(Self.steps, zip(rates, backwards.reversed())) where !sameBits(rate, other) {
      found.append(failure(.purity, "step \(step), asked for backwards", expected: "\(rate)", found: "\(other)"))
    }
    guard scalesWithBase else { return found }
    for (step, rate) in zip(Self.steps, rates) {
      // A product with a power of two rounds nothing; a few ulps are left to formulas that add and subtract rates.
      let doubled = schedule.learningRate(at: step, base: 0.2)
      if ulps(between: doubled, and: 2 * rate) > 4, (doubled - 2 * rate).magnitude > 0.1 * .ulpOfOne {
        found.append(failure(.scaling, "step \(step), base 0.2", expected: "\(2 * rate)", found: "\(doubled)"))
      }
    }
    return found
  }
}
