// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Schedules
import Testing

/// What holds for every schedule, at the ends and between phases.
@Suite("Laws of schedules")
struct ScheduleLawTests {
  static let all = [
    "constant", "step", "multi-step", "exponential", "linear", "polynomial", "inverse-time", "cosine",
    "cosine-restarts", "one-cycle", "warm-up", "step:size=7,gamma=1.5,warmup=10",
    "multi-step:milestones=none",
    "multi-step:milestones=0x5x5,gamma=0.5", "linear:start=0.5,end=2,warmup=3,warmup-start=0",
    "polynomial:power=0.5", "cosine:minimum=0.2", "cosine-restarts:period=1,multiplier=3",
    "cosine-restarts:period=13,multiplier=1,warmup=4",
    "one-cycle:three-phase=true,start-fraction=0.5,anneal=linear",
    "one-cycle:start-fraction=0", "one-cycle:start-fraction=1", "warm-up:steps=0", "warm-up:steps=10,start=0",
  ]

  @Test("never negative, finite, the same when asked again, also far past the end", arguments: all)
  func nonNegative(specification: String) throws {
    let schedule = try make(specification)
    let grows = specification.contains("gamma=1.5")
    for step in Array(0...2_000) + [10_000_000, .max - 1, .max] {
      let rate = schedule.learningRate(at: step, base: 0.1)
      #expect(rate >= 0 && (rate.isFinite || grows), "\(step): \(rate)")
      #expect(rate == schedule.learningRate(at: step, base: 0.1))
    }
    for step in [-1, .min / 2] {
      #expect(schedule.learningRate(at: step, base: 0.1) == schedule.learningRate(at: 0, base: 0.1))
    }
  }

  @Test("shortest possible runs are finite", arguments: ["linear", "polynomial", "cosine", "one-cycle"])
  func shortRuns(name: String) throws {
    for total in 1...4 {
      let schedule = try scheduleCatalog().make("\(name):total=\(total)")
      for step in 0...5 {
        let rate = schedule.learningRate(at: step, base: 0.1)
        #expect(rate >= 0 && rate <= 0.1)
      }
    }
  }

  /// A specification, a step, the rate there for the base 0.1, exactly.
  static let endpoints: [(String, Int, Double)] = [
    ("step:size=10,gamma=0.5", 9, 0.1), ("step:size=10,gamma=0.5", 10, 0.05),
    ("multi-step:milestones=10x30,gamma=0.5", 29, 0.05), ("multi-step:milestones=30x10,gamma=0.5", 30, 0.025),
    ("exponential", 0, 0.1), ("linear:total=50", 0, 0.1), ("linear:total=50", 50, 0),
    ("linear:total=50", 51, 0),
    ("linear:end=0.1,total=3", 3, 0.1 * 0.1), ("linear:end=0.1,total=3", 4, 0.1 * 0.1),
    ("polynomial:total=50,power=3", 0, 0.1), ("polynomial:total=50,power=3", 50, 0),
    ("polynomial:total=50,power=3", 99, 0), ("inverse-time", 0, 0.1), ("inverse-time:decay=1", 1, 0.05),
    ("cosine:total=50,minimum=0.01", 0, 0.1), ("cosine:total=50,minimum=0.01", 50, 0.01),
    ("cosine-restarts:period=10,multiplier=2", 0, 0.1), ("cosine-restarts:period=10,multiplier=2", 10, 0.1),
    ("cosine-restarts:period=10,multiplier=2", 30, 0.1), ("cosine-restarts:period=10", 30, 0.1),
    ("one-cycle:total=60", 0, 0.1 / 25), ("one-cycle:total=60", 17, 0.1),
    ("one-cycle:total=60", 59, 0.1 / 25 / 1e4),
    ("one-cycle:total=60", 60, 0.1 / 25 / 1e4), ("one-cycle:total=60,three-phase=true", 34, 0.1 / 25),
    ("one-cycle:total=60,max=3", 17, 3), ("warm-up:steps=8,start=0.5", 0, 0.05), ("warm-up:steps=8", 8, 0.1),
    ("warm-up:steps=8", 9, 0.1), ("cosine:total=50,warmup=5", 5, 0.1), ("cosine:total=50,warmup=5", 55, 0),
    ("step:size=10,gamma=0.5,warmup=5", 14, 0.1), ("step:size=10,gamma=0.5,warmup=5", 15, 0.05),
  ]

  @Test("endpoints and boundaries", arguments: endpoints)
  func endpoint(specification: String, step: Int, rate: Double) throws {
    #expect(try scheduleCatalog().make(specification).learningRate(at: step, base: 0.1) == rate)
  }

  /// A continuous schedule over 1000 steps and the length of its shortest phase.
  static let continuous: [(String, Double)] = [
    ("linear:total=500", 500), ("cosine:total=500", 500), ("cosine:total=500,warmup=100", 100),
    ("one-cycle:total=1000", 299), ("one-cycle:total=1000,anneal=linear", 299),
    ("one-cycle:total=1000,three-phase=true", 299),
    ("one-cycle:total=1000,three-phase=true,anneal=linear", 299),
    ("one-cycle:total=1000,start-fraction=0.1234", 122), ("warm-up:steps=100,start=0", 100),
    ("one-cycle:total=800,warmup=100,warmup-start=0", 100),
    ("linear:start=0.5,end=1,total=300,warmup=50", 50),
  ]

  @Test("no jump where phases meet", arguments: continuous)
  func continuity(specification: String, shortest: Double) throws {
    let schedule = try scheduleCatalog().make(specification)
    // Half a cosine of height h over n steps changes by at most πh/2n in one, a line by h/n; 1e-15 for
    // rounding.
    let bound = Double.pi / 2 * 0.1 / shortest + 1e-15
    for step in 0..<1_000 {
      let jump = schedule.learningRate(at: step + 1, base: 0.1) - schedule.learningRate(at: step, base: 0.1)
      #expect(jump.magnitude <= bound, "step \(step)")
    }
  }

  @Test("the check of continuity rejects stairs and restarts")
  func discontinuity() throws {
    for specification in ["step:size=100,gamma=0.5", "cosine-restarts:period=500"] {
      let schedule = try scheduleCatalog().make(specification)
      let jumps = (0..<1_000).map {
        (schedule.learningRate(at: $0 + 1, base: 0.1) - schedule.learningRate(at: $0, base: 0.1)).magnitude
      }
      #expect((jumps.max() ?? 0) > Double.pi / 2 * 0.1 / 100)
    }
  }

  @Test("the rate 1 - 0.9·i/21 of a teaching document, to the last bit")
  func teachingDocument() throws {
    let schedule = try scheduleCatalog().make("linear:start=1,end=0.1,total=21")
    for i in 0..<21 {
      #expect(schedule.learningRate(at: i, base: 1) == 1.0 - 0.9 * Double(i) / 21)
    }
    #expect(schedule.learningRate(at: 21, base: 1) == 0.1)
  }

  @Test("the base scales all rates but a minimum")
  func scaling() throws {
    for specification in Self.all where !specification.contains("minimum") {
      let schedule = try make(specification)
      for step in stride(from: 0, through: 200, by: 7) {
        // A power of two: no rounding changes.
        #expect(
          schedule.learningRate(at: step, base: 0.2) == 2 * schedule.learningRate(at: step, base: 0.1))
      }
    }
  }

  private func make(_ specification: String) throws -> any Schedule {
    try scheduleCatalog().make(specification, suggestions: ["total": .integer(150)])
  }
}
