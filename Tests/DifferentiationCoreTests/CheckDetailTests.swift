// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import ReverseMode
import Testing

@Suite("What a report keeps of each component")
struct CheckDetailTests {
  /// Smooth in the first input, a kink at 0 in the second.
  private struct Bent: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.exp(x[0]) + 2 * S.abs(x[1]) }
  }

  private func check() throws -> ConsensusCheck {
    var check = ConsensusCheck(methods: [
      TapeDifferentiator(), DualDifferentiator(), ComplexStepDifferentiator(),
    ])
    check.keepsComponents = true
    return check
  }

  @Test("Every component with each method's value, and only where it is asked for")
  func details() throws {
    var check = try check()
    let report = try check.run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(report.details.map(\.parameter) == ["x[0]", "x[1]"])
    for detail in report.details {
      #expect(detail.verdict == .agree && detail.cause == nil && detail.blamed.isEmpty)
      #expect(detail.values.count == 3 && detail.errors.values.allSatisfy { $0 == 0 })
      #expect(try #require(detail.comparison).ratio <= 1)
    }
    check.keepsComponents = false
    var bare = try check.run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(bare.details.isEmpty)
    bare.details = report.details
    #expect(bare.summary == report.summary && bare.worst == report.worst)
  }

  @Test("A wrong component is one row with the cause and the method; so is one that is not a number")
  func wrong() throws {
    let check = try check()
    for (value, verdict) in [(3.0, Verdict.disagree), (.nan, .notFinite)] {
      let function = TargetFunction(Bent()) { x in [value, 2] }
      let report = try check.run(function, at: [0.5, 1])
      #expect(report.details.map(\.verdict) == [verdict, .agree])
      #expect(report.details[0].blamed == ["hand-written"] && report.details[0].cause == report.findings[0].cause)
      #expect(report.details[0].explanation == report.findings[0].explanation)
      #expect(report.details[0].comparison?.methods == report.worst?.methods)
      #expect(report.details[0].comparison?.ratio == report.worst?.ratio)
    }
  }

  @Test("What is accepted at a kink is no close call and is not counted as agreement")
  func kink() throws {
    let function = TargetFunction(Bent()) { x in [Double.exp(x[0]), 1.5] }
    let report = try check().run(function, at: [0.5, 0])
    #expect(report.verdict == .agree)
    #expect(report.summary.contains("1/2 components agree") && report.summary.contains("1 more accepted at a kink"))
    #expect(report.worst?.parameter == "x[0]" && report.worst?.ratio ?? 2 <= 1)
    #expect(report.details[1].cause == .kink && report.details[1].verdict == .agree)
    #expect(try #require(report.details[1].comparison).ratio > 1)
  }

  /// x, and from 1 on x + height.
  private struct Jumping: ScalarField {
    var height: Double
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
      S.select(x[0], isLessThan: 1, then: x[0], else: x[0] + S(height))
    }
  }

  @Test("A jump at the point is remarked, one nearby or a steep rise is not")
  func jump() throws {
    var check = try check()
    check.methods.append(try FiniteDifference())
    for height in [1, -1e-3, 1e6] {
      let report = try check.run(TargetFunction(Jumping(height: height)), at: [1])
      #expect(report.verdict == .agree && report.findings.map(\.cause) == [.jump], "\(height)")
      #expect(report.findings.first?.explanation.contains("on the left") == true)
      #expect(report.summary.contains("1 of them where the function jumps"))
    }
    let beside = try check.run(TargetFunction(Jumping(height: 1)), at: [1 + 0x1p-20])
    #expect(!beside.findings.contains { $0.cause == .jump })
    #expect(try check.run(TargetFunction(Jumping(height: 0)), at: [1]).findings.isEmpty)
  }

  @Test("A quotient states its error in the row; what was screened is shown and not compared")
  func unknownError() throws {
    var check = ConsensusCheck(methods: [
      TapeDifferentiator(), try FiniteDifference(step: .fixed(1e-6, order: 2, denominator: .representable)),
    ])
    check.keepsComponents = true
    let report = try check.run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(report.details.allSatisfy { $0.values.count == 2 && $0.errors["tape"] == 0 })
    #expect(report.details.allSatisfy { detail in detail.errors.contains { $0.key != "tape" && $0.value > 0 } })
    check.methods = [TapeDifferentiator(), DualDifferentiator()]
    check.componentLimit = 1
    let screened = try check.run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(screened.verdict == .agree && screened.directions > 0)
    // Only the tape gave components: they are shown, and were not compared.
    #expect(screened.details.allSatisfy { $0.verdict == nil && $0.values.count == 1 && $0.comparison == nil })
    #expect(screened.details.count == 2)
  }

  @Test("Methods with the same rules are one witness")
  func witnesses() throws {
    let report = try check().run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(report.witnesses == [["tape", "dual"], ["complex-step"]])
    #expect(!report.summary.contains("one witness"))
    let pair = try ConsensusCheck(methods: [TapeDifferentiator(), DualDifferentiator()])
      .run(TargetFunction(Bent()), at: [0.5, 1])
    #expect(pair.summary.contains("are one witness") && pair.witnesses.count == 1)
  }

  @Test("Counts of several runs add up")
  func sums() throws {
    let check = try check()
    let runs = try [0.5, 1.5].map { try check.mutationRun(TargetFunction(Bent()), at: [$0, 1], places: 3) }
    let sum = try #require(MutationReport(summing: runs))
    #expect(sum.planted == runs[0].planted + runs[1].planted && sum.killed == runs[0].killed + runs[1].killed)
    #expect(sum.kinds.values.reduce(0) { $0 + $1.planted } == sum.planted)
    #expect(sum.kinds.values.reduce(0) { $0 + $1.relevant } == sum.relevant && sum.isComplete)
    #expect(MutationReport(summing: []) == nil)
  }
}
