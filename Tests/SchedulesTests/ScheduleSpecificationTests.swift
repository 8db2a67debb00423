// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Schedules
import Testing

/// What is typed, what it makes, and what is refused.
@Suite("Schedule specifications")
struct ScheduleSpecificationTests {
  @Test("the names of the registry")
  func names() {
    #expect(
      scheduleCatalog().names == [
        "constant", "step", "multi-step", "exponential", "linear", "polynomial", "inverse-time", "cosine",
        "cosine-restarts", "one-cycle", "warm-up",
      ])
  }

  @Test("each can be made for a run of known length, and its specification makes it again")
  func roundTrips() throws {
    let catalog = scheduleCatalog()
    for entry in catalog.entries {
      for warmUp in ["", "warmup=20,warmup-start=0.25"] where entry.name != "warm-up" || warmUp.isEmpty {
        let typed = warmUp.isEmpty ? entry.name : "\(entry.name):\(warmUp)"
        let schedule = try catalog.make(typed, suggestions: ["total": .integer(120)])
        let again = try catalog.make(schedule.specification)
        #expect(again.specification == schedule.specification)
        for step in 0...150 {
          #expect(again.learningRate(at: step, base: 0.3) == schedule.learningRate(at: step, base: 0.3))
        }
      }
      #expect(!entry.summary.isEmpty)
    }
  }

  @Test("a total that was not typed is what the warm-up leaves of the run; a typed one counts from its end")
  func totals() throws {
    let catalog = scheduleCatalog()
    let run: [String: OptionValue] = ["total": .integer(100)]
    let rest = try catalog.make("cosine:warmup=20", suggestions: run)
    #expect(rest.specification == "cosine:total=80,minimum=0,warmup=20,warmup-start=0.1")
    #expect(rest.learningRate(at: 100, base: 1) == 0)
    #expect(rest.learningRate(at: 99, base: 1) > 0)
    let typed = try catalog.make("cosine:total=100,warmup=20", suggestions: run)
    #expect(typed.learningRate(at: 119, base: 1) > 0)
    #expect(typed.learningRate(at: 120, base: 1) == 0)
  }

  @Test("a warm-up of any schedule is that schedule, later")
  func warmUp() throws {
    let then = try StepSchedule(size: 10, gamma: 0.5)
    let schedule = try WarmUpSchedule(steps: 4, start: 0.5, then: then)
    #expect(schedule.specification == "step:size=10,gamma=0.5,warmup=4,warmup-start=0.5")
    #expect((0..<4).map { schedule.learningRate(at: $0, base: 1) } == [0.5, 0.625, 0.75, 0.875])
    for step in 0..<50 {
      #expect(schedule.learningRate(at: step + 4, base: 1) == then.learningRate(at: step, base: 1))
    }
    #expect(try WarmUpSchedule(steps: 4).specification == "warm-up:steps=4,start=0.1")
  }

  @Test("a third party's entry takes the warm-up too")
  func thirdParty() throws {
    var catalog = scheduleCatalog()
    catalog.register(
      CatalogEntry<any Schedule>("own", summary: "twice the base") { _ in Twice() }.acceptingWarmUp())
    let schedule = try catalog.make("own:warmup=2,warmup-start=0")
    #expect((0..<4).map { schedule.learningRate(at: $0, base: 1) } == [0, 1, 2, 2])
    #expect(schedule.specification == "own:warmup=2,warmup-start=0")
  }

  @Test(
    "what cannot be used is refused",
    arguments: [
      "cosine", "linear", "step:size=0", "step:gamma=-1", "multi-step:milestones=-1",
      "multi-step:milestones=1.5",
      "exponential:gamma=inf", "linear:total=0", "linear:total=5,end=-1", "polynomial:total=5,power=0",
      "inverse-time:decay=-1", "cosine:total=5,minimum=-1", "cosine-restarts:period=0",
      "cosine-restarts:multiplier=0",
      "one-cycle:total=5,div-factor=0", "one-cycle:total=5,final-div-factor=0",
      "one-cycle:total=5,start-fraction=2",
      "one-cycle:total=5,start-fraction=0.6,three-phase=true", "one-cycle:total=5,anneal=sine",
      "warm-up:steps=-1",
      "warm-up:start=2", "warm-up:warmup=5", "cosine:total=5,warmup=-1", "constant:warmup-start=0.5",
      "cosin:total=5",
    ])
  func refusals(specification: String) {
    #expect(throws: DifferentiationError.self) { try scheduleCatalog().make(specification) }
  }

  @Test("a warm-up as long as the run is refused, with the way out")
  func noRoom() {
    let error = #expect(throws: DifferentiationError.self) {
      try scheduleCatalog().make("cosine:warmup=100", suggestions: ["total": .integer(100)])
    }
    #expect(
      error?.description == "'cosine': a warm-up of 100 steps leaves nothing of a run of 100; "
        + "shorten the warm-up, or give total, which counts from its end")
  }

  @Test("initializers refuse a NaN and what would divide by zero")
  func initializers() {
    #expect(throws: DifferentiationError.self) { try StepSchedule(size: 0) }
    #expect(throws: DifferentiationError.self) { try StepSchedule(size: 1, gamma: .nan) }
    #expect(throws: DifferentiationError.self) { try MultiStepSchedule(milestones: [3, -1]) }
    #expect(throws: DifferentiationError.self) { try ExponentialSchedule(gamma: .nan) }
    #expect(throws: DifferentiationError.self) { try LinearSchedule(start: .nan, total: 5) }
    #expect(throws: DifferentiationError.self) { try PolynomialSchedule(total: 0) }
    #expect(throws: DifferentiationError.self) { try InverseTimeSchedule(decay: .nan) }
    #expect(throws: DifferentiationError.self) { try CosineSchedule(total: 5, minimum: .nan) }
    #expect(throws: DifferentiationError.self) { try CosineRestartsSchedule(period: 5, minimum: .nan) }
    #expect(throws: DifferentiationError.self) { try OneCycleSchedule(maximum: .nan, total: 5) }
    #expect(throws: DifferentiationError.self) { try WarmUpSchedule(steps: 5, start: .nan) }
  }
}

/// Twice the base.
private struct Twice: Schedule {
  let specification = "own"

  func learningRate(at step: Int, base: Double) -> Double { 2 * base }
}
