// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Schedules
import Testing

/// Rates of torch.optim.lr_scheduler and of the closed forms, written by `Generators/schedule_traces.py`.
struct GoldenRates: Decodable {
  struct Case: Decodable {
    let id: String
    let base: Double
    let rates: [Double]
    let closedForm: [Double]
  }

  let cases: [Case]

  static func load() throws -> GoldenRates {
    let url = try #require(
      Bundle.module.url(forResource: "schedule-traces", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(GoldenRates.self, from: try Data(contentsOf: url))
  }

  func golden(_ id: String) throws -> Case { try #require(cases.first { $0.id == id }) }
}

/// The first step at which rates differ by more than 1e-14 of the expected one and two ulps of the base, or
/// nil.
///
/// A closed form has some ten roundings, and PyTorch's own recursions are off by up to 3.4e-15. A small rate
/// that is formed as a difference of large ones carries their rounding: hence the ulps of the base.
func firstDifference(_ found: [Double], _ expected: [Double], base: Double) -> Int? {
  guard found.count == expected.count else { return min(found.count, expected.count) }
  return expected.indices.first { step in
    !((found[step] - expected[step]).magnitude <= 1e-14 * expected[step].magnitude + 2 * base.ulp)
  }
}

/// Every schedule against PyTorch's.
@Suite("Golden rates of torch.optim.lr_scheduler")
struct GoldenScheduleTests {
  /// Each golden case as it is typed here, with the base rate that is given to it.
  static let typed: [(id: String, specification: String, base: Double)] = [
    ("constant", "constant", 0.1),
    // PyTorch's ConstantLR halves the first five rates: a milestone that doubles half the rate.
    ("constantThenFull", "multi-step:milestones=5,gamma=2", 0.05),
    ("step", "step:size=10,gamma=0.5", 0.1),
    ("multiStep", "multi-step:milestones=10x30,gamma=0.1", 0.1),
    ("exponential", "exponential:gamma=0.95", 0.1),
    ("linear", "linear:start=0.3333333333333333,end=1,total=10", 0.1),
    ("linearDown", "linear:start=1,end=0.1,total=40", 0.1),
    ("polynomial", "polynomial:total=40,power=2", 0.1),
    ("cosine", "cosine:total=50,minimum=0.001", 0.1),
    ("cosineRestarts", "cosine-restarts:period=10,multiplier=2,minimum=0.001", 0.1),
    ("oneCycle", "one-cycle:total=60", 0.1),
    ("oneCycleLinear", "one-cycle:max=0.1,total=60,anneal=linear", 7),
    ("oneCycleThreePhase", "one-cycle:total=60,three-phase=true", 0.1),
    ("inverseTime", "inverse-time:decay=0.1", 0.1),
    ("warmUpCosine", "cosine:total=55,minimum=0.001,warmup=5,warmup-start=0.2", 0.1),
  ]

  @Test("no case is left out")
  func coverage() throws {
    #expect(Set(Self.typed.map(\.id)) == Set(try GoldenRates.load().cases.map(\.id)))
    #expect(Set(Self.typed.map(\.id)).count == Self.typed.count)
  }

  @Test("same rate at each step", arguments: typed)
  func rates(id: String, specification: String, base: Double) throws {
    let golden = try GoldenRates.load().golden(id)
    let schedule = try scheduleCatalog().make(specification)
    #expect(golden.rates.count >= 60)
    // Past its end PyTorch's cosine rises as it fell; ours stays, so the way back is compared with the way
    // down.
    let steps = golden.rates.indices.map { id == "cosine" && $0 > 50 ? 100 - $0 : $0 }
    let found = steps.map { schedule.learningRate(at: $0, base: base) }
    #expect(firstDifference(found, golden.rates, base: golden.base) == nil)
    #expect(firstDifference(found, golden.closedForm, base: golden.base) == nil)
  }

  @Test("cosine stays at its minimum, where PyTorch's rises")
  func cosineHolds() throws {
    let golden = try GoldenRates.load().golden("cosine")
    let schedule = try scheduleCatalog().make("cosine:total=50,minimum=0.001")
    for step in [50, 51, 60, 1_000_000, .max] { #expect(schedule.learningRate(at: step, base: 0.1) == 0.001) }
    #expect(golden.rates[60] > 0.001)
  }

  /// A golden case and a schedule that is wrong for it.
  static let wrong = [
    ("step", "step:size=11,gamma=0.5"), ("multiStep", "multi-step:milestones=10x31,gamma=0.1"),
    ("exponential", "exponential:gamma=0.9500000000001"),
    ("linear", "linear:start=0.3333333333333,end=1,total=10"),
    ("linearDown", "linear:start=1,end=0.1,total=41"),
    ("polynomial", "polynomial:total=40,power=2.0000000000001"),
    ("cosine", "cosine:total=50"), ("cosineRestarts", "cosine-restarts:period=10,minimum=0.001"),
    ("oneCycle", "one-cycle:total=60,anneal=linear"), ("oneCycleLinear", "one-cycle:total=60"),
    ("oneCycleThreePhase", "one-cycle:total=60"), ("inverseTime", "inverse-time:decay=0.1000000000001"),
    ("warmUpCosine", "cosine:total=55,minimum=0.001,warmup=5,warmup-start=0.1"),
    ("warmUpCosine", "cosine:total=60,minimum=0.001,warmup=5,warmup-start=0.2"),
  ]

  @Test("a schedule that is wrong on purpose is rejected", arguments: wrong)
  func wrongSchedules(id: String, specification: String) throws {
    let golden = try GoldenRates.load().golden(id)
    let schedule = try scheduleCatalog().make(specification)
    let found = golden.rates.indices.map { schedule.learningRate(at: $0, base: 0.1) }
    #expect(firstDifference(found, golden.closedForm, base: golden.base) != nil)
  }

  @Test("a shift by one step, a NaN and a missing step are rejected")
  func damaged() throws {
    let golden = try GoldenRates.load().golden("exponential")
    let schedule = try ExponentialSchedule(gamma: 0.95)
    let shifted = golden.rates.indices.map { schedule.learningRate(at: $0 + 1, base: 0.1) }
    #expect(firstDifference(shifted, golden.rates, base: 0.1) == 0)
    var damaged = golden.rates
    damaged[7] = .nan
    #expect(firstDifference(damaged, golden.rates, base: 0.1) == 7)
    #expect(firstDifference(golden.rates.dropLast(), golden.rates, base: 0.1) == 60)
    #expect(firstDifference(golden.rates, golden.rates, base: 0.1) == nil)
  }
}

/// Every schedule of the plug-in.
func scheduleCatalog() -> Catalog<any Schedule> {
  var catalog = Catalog<any Schedule>(kind: "schedule")
  for entry in [
    ConstantSchedule.entry, StepSchedule.entry, MultiStepSchedule.entry, ExponentialSchedule.entry,
    LinearSchedule.entry, PolynomialSchedule.entry, InverseTimeSchedule.entry, CosineSchedule.entry,
    CosineRestartsSchedule.entry, OneCycleSchedule.entry, WarmUpSchedule.entry,
  ] {
    catalog.register(entry)
  }
  return catalog
}
