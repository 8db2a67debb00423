// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A linear warm-up, then another schedule from its own step 0:
/// r · (s + (1 - s)k/n) for step k < n, where r is the other schedule's first rate, then the other at k - n.
///
/// The rate is continuous at step n, whatever follows. Past n the other schedule decides.
///
/// Any schedule is warmed up by its options, `cosine:total=50,warmup=5,warmup-start=0.2`; `warm-up:steps=5`
/// is followed by the base rate. All other figures of a schedule (total, size, milestones, period) count from
/// the end of the warm-up. Goyal et al., *Accurate, large minibatch SGD*, doi:10.48550/arXiv.1706.02677.
public struct WarmUpSchedule: Schedule {
  /// The number n of steps until the full rate.
  public let steps: Int
  /// The share s of the full rate at step 0.
  public let start: Double
  /// What follows.
  public let then: any Schedule

  /// A warm-up.
  ///
  /// - Throws: `DifferentiationError.invalidOption` unless steps ≥ 0 and start is in [0, 1].
  public init(steps: Int, start: Double = 0.1, then: any Schedule = ConstantSchedule()) throws {
    try DifferentiationError.require(steps >= 0, "warm-up", "steps", steps, "a whole number from 0")
    try DifferentiationError.require(
      (0...1).contains(start), "warm-up", "start", start, "a number from 0 to 1")
    self.steps = steps
    self.start = start
    self.then = then
  }

  /// The specification that makes it again; a warm-up of a warm-up has none that can be typed.
  public var specification: String {
    if then is ConstantSchedule {
      return scheduleSpecification("warm-up", [("steps", .integer(steps)), ("start", .number(start))])
    }
    let typed = then.specification
    return typed + (typed.contains(":") ? "," : ":")
      + "warmup=\(steps),warmup-start=\(OptionValue.number(start))"
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    let step = max(step, 0)
    if step >= steps { return then.learningRate(at: step - steps, base: base) }
    let full = then.learningRate(at: 0, base: base)
    return full * (start + (1 - start) * progress(step, of: steps))
  }

  /// `warm-up` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "warm-up", summary: "linear rise to the base rate; every other schedule takes warmup=STEPS",
      options: [
        .integer("steps", default: 100, in: 0 ... .max, "steps until the base rate"),
        .number("start", default: 0.1, in: 0...1, "share of the base rate at step 0"),
      ]
    ) { options in
      try WarmUpSchedule(steps: try options.integer("steps"), start: try options.number("start"))
    }
  }
}

extension CatalogEntry where Product == any Schedule {
  /// The same entry with the options `warmup` and `warmup-start`, for a schedule of your own as for those
  /// here.
  public func acceptingWarmUp() -> CatalogEntry<any Schedule> {
    let warmUp: [OptionSpecification] = [
      .integer("warmup", default: 0, in: 0 ... .max, "steps of linear rise before it starts"),
      .number("warmup-start", default: 0.1, in: 0...1, "share of its first rate at step 0 of the rise"),
    ]
    return CatalogEntry(name, summary: summary, options: options + warmUp, facts: facts) { options in
      let schedule = try make(options)
      let steps = try options.integer("warmup")
      if steps == 0, options.isGiven("warmup-start") {
        throw DifferentiationError.incompatible(
          "'\(options.entry)': warmup-start has no effect without a warm-up",
          wayOut: "give the steps too, as in warmup=100")
      }
      if steps == 0 { return schedule }
      return try WarmUpSchedule(steps: steps, start: try options.number("warmup-start"), then: schedule)
    }
  }
}
