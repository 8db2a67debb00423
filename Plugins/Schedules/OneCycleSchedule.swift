// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// One rise from peak / d to the peak and one fall to peak / d / f, as PyTorch's `OneCycleLR` places them.
///
/// The peak is at step q = start-fraction · total - 1 (a real number, at least 0), the end at step total - 1.
/// In three phases the fall goes back to peak / d at step 2q, and from there to the end. Past the end the
/// last rate stays. Smith and Topin, *Super-convergence*, doi:10.48550/arXiv.1708.07120.
public struct OneCycleSchedule: Schedule {
  /// The curve between two rates.
  public enum Annealing: String, Sendable, CaseIterable {
    /// Half a cosine.
    case cosine = "cos"
    /// A straight line.
    case linear
  }

  /// The highest rate; the base rate if nil.
  public let maximum: Double?
  /// The number of steps of the whole cycle.
  public let total: Int
  /// The share of the steps that rise.
  public let startFraction: Double
  /// The peak over the first rate, d.
  public let divFactor: Double
  /// The first rate over the last, f.
  public let finalDivFactor: Double
  /// The curve.
  public let annealing: Annealing
  /// Whether the fall pauses at the first rate.
  public let threePhase: Bool

  /// A cycle.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for values outside their range.
  public init(
    maximum: Double? = nil, total: Int, startFraction: Double = 0.3, divFactor: Double = 25,
    finalDivFactor: Double = 1e4, annealing: Annealing = .cosine, threePhase: Bool = false
  ) throws {
    let name = "one-cycle"
    try DifferentiationError.require(
      (maximum ?? 0) >= 0 && (maximum ?? 0).isFinite, name, "max", maximum ?? 0, "a number from 0")
    try DifferentiationError.require(total >= 1, name, "total", total, "a whole number from 1")
    // Beyond a half, the second of three phases would end after the cycle.
    let bound = threePhase ? 0.5 : 1
    try DifferentiationError.require(
      (0...bound).contains(startFraction), name, "start-fraction", startFraction,
      "a number from 0 to \(bound)")
    for (option, factor) in [("div-factor", divFactor), ("final-div-factor", finalDivFactor)] {
      try DifferentiationError.require(
        factor > 0 && factor.isFinite, name, option, factor, "a number above 0")
    }
    self.maximum = maximum
    self.total = total
    self.startFraction = startFraction
    self.divFactor = divFactor
    self.finalDivFactor = finalDivFactor
    self.annealing = annealing
    self.threePhase = threePhase
  }

  /// The specification that makes it again.
  public var specification: String {
    let peak: [(name: String, value: OptionValue)] = maximum.map { [("max", .number($0))] } ?? []
    return scheduleSpecification(
      "one-cycle",
      peak + [
        ("total", .integer(total)), ("start-fraction", .number(startFraction)),
        ("div-factor", .number(divFactor)),
        ("final-div-factor", .number(finalDivFactor)), ("anneal", .word(annealing.rawValue)),
        ("three-phase", .flag(threePhase)),
      ])
  }

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    let peak = maximum ?? base
    let first = peak / divFactor
    let last = first / finalDivFactor
    let step = Double(max(step, 0))
    let end = Double(total) - 1
    let rise = min(max(0, startFraction * Double(total) - 1), end)
    if step >= end { return last }
    if step < rise { return between(first, peak, step / rise) }
    if !threePhase { return between(peak, last, (step - rise) / (end - rise)) }
    if step < 2 * rise { return between(peak, first, (step - rise) / rise) }
    return between(first, last, (step - 2 * rise) / (end - 2 * rise))
  }

  private func between(_ from: Double, _ to: Double, _ fraction: Double) -> Double {
    switch annealing {
    case .cosine: cosineBetween(from, to, fraction)
    case .linear: from + (to - from) * fraction
    }
  }

  /// `one-cycle` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "one-cycle", summary: "one rise to the peak, one fall far below the start",
      options: [
        .number("max", default: nil, in: 0 ... .infinity, "peak; if absent, the base rate"), .total,
        .number("start-fraction", default: 0.3, in: 0...1, "share of the steps that rise"),
        .number("div-factor", default: 25, in: 0 ... .infinity, "peak over the first rate"),
        .number("final-div-factor", default: 10_000, in: 0 ... .infinity, "first rate over the last"),
        .choice("anneal", default: "cos", Annealing.allCases.map(\.rawValue), "curve between the rates"),
        .flag("three-phase", default: false, "fall to the first rate first"),
      ],
      facts: ["formula": "base/d → base → base/(d·f)"]
    ) { options in
      var maximum: Double?
      if case .number(let typed) = options["max"] { maximum = typed }
      return try OneCycleSchedule(
        maximum: maximum, total: try options.total(), startFraction: try options.number("start-fraction"),
        divFactor: try options.number("div-factor"), finalDivFactor: try options.number("final-div-factor"),
        annealing: Annealing(rawValue: try options.word("anneal")) ?? .cosine,
        threePhase: try options.flag("three-phase"))
    }.acceptingWarmUp()
  }
}
