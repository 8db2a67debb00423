// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import ReverseMode
import Testing

/// Two inputs of different sizes.
private struct Hill: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    S.exp(-x[0] * x[0] / 2) * (3 + S.sin(x[1])) + S.log(onePlus: x[1] * x[1])
  }
}

/// 1.01 times the right derivative: a rule that is one percent off.
private func offByOnePercent(_ base: any Differentiator) -> WrongDifferentiator {
  WrongDifferentiator(base) { $0.rows = $0.rows.map { $0.map { 1.01 * $0 } } }
}

@Suite("Few witnesses, and witnesses that are wrong alike")
struct FewWitnessesTests {
  private let point = [0.7, -1.3]
  private let black = TargetFunction.blackBox { x in
    Double.exp(-x[0] * x[0] / 2) * (3 + .sin(x[1])) + .log(onePlus: x[1] * x[1])
  }

  @Test("of two methods, the wrong one is named, whichever it is", arguments: 0..<4, 0..<4)
  func two(host: Int, partner: Int) throws {
    let all = try allMethods()
    let families = all.map(\.traits.ruleFamily)
    guard families[host] != families[partner] else { return }
    let wrong = offByOnePercent(all[host])
    for methods in [[wrong, all[partner]] as [any Differentiator], [all[partner], wrong]] {
      let report = try ConsensusCheck(methods: methods).run(TargetFunction(Hill()), at: point)
      #expect(report.verdict == .disagree)
      #expect(report.methods.first { $0.name == wrong.name }?.blamed == 2)
      #expect(report.methods.first { $0.name == all[partner].name }?.blamed == 0)
    }
  }

  @Test("an exact method that is wrong beside differences is named", arguments: 0..<4)
  func besideDifferences(host: Int) throws {
    let all = try allMethods()
    let report = try ConsensusCheck(methods: [all[4], offByOnePercent(all[host])]).run(
      TargetFunction(Hill()), at: point)
    #expect(report.verdict == .disagree && report.methods.map(\.blamed) == [0, 2])
  }

  @Test("three methods of one family are one witness: wrong alike, they lose against two families")
  func oneFamily() throws {
    let all = try allMethods()
    let methods = all[0..<3].map { offByOnePercent($0) as any Differentiator } + all[3...4]
    let report = try ConsensusCheck(methods: methods).run(TargetFunction(Hill()), at: point)
    #expect(report.verdict == .disagree && report.methods.map(\.blamed) == [2, 2, 2, 0, 0])
  }

  @Test("three methods of one family, wrong alike, lose against one other: the function's values decide")
  func oneFamilyAgainstOne() throws {
    let all = try allMethods()
    for other in [3, 4] {
      let methods = all[0..<3].map { offByOnePercent($0) as any Differentiator } + [all[other]]
      let report = try ConsensusCheck(methods: methods).run(TargetFunction(Hill()), at: point)
      #expect(report.verdict == .disagree && report.methods.map(\.blamed) == [2, 2, 2, 0])
    }
  }

  @Test("two families that are wrong alike lose against differences and the function's values")
  func twoFamilies() throws {
    let all = try allMethods()
    let methods = all[0..<4].map { offByOnePercent($0) as any Differentiator } + [all[4]]
    let report = try ConsensusCheck(methods: methods).run(TargetFunction(Hill()), at: point)
    #expect(report.verdict == .disagree && report.methods.map(\.blamed) == [2, 2, 2, 2, 0])
  }

  @Test("methods that are all wrong alike agree: that is what the page on limitations says")
  func allAlike() throws {
    let methods: [any Differentiator] = [
      offByOnePercent(TapeDifferentiator()), offByOnePercent(DualDifferentiator()),
    ]
    let report = try ConsensusCheck(methods: methods).run(TargetFunction(Hill()), at: point)
    #expect(report.verdict == .agree)
    #expect(report.comparisons == 2 && report.probes == 0)
  }

  @Test("a black box and one method: nothing is claimed")
  func alone() throws {
    let report = try ConsensusCheck(methods: try allMethods()).run(black, at: point)
    #expect(report.verdict == .vacuous && report.verdict.exitCode == 1)
    #expect(report.summary.contains("only finite-difference"))
    #expect(report.components == 0 && report.comparisons == 0)
  }

  @Test("a black box and two schemes of differences: agreement within what they state, no closer")
  func twoSchemes() throws {
    let methods: [any Differentiator] = [try FiniteDifference(), try FiniteDifference(scheme: .forward)]
    let report = try ConsensusCheck(methods: methods).run(black, at: point)
    #expect(report.verdict == .agree && report.components == 2)
    #expect(report.worst?.decidedBy == .errors || report.worst?.decidedBy == .relative)
    let wrong = try ConsensusCheck(methods: [methods[0], offByOnePercent(methods[1])]).run(black, at: point)
    #expect(wrong.verdict == .disagree && wrong.methods.map(\.blamed) == [0, 2])
  }

  @Test("a black box with a gradient written by hand: the hand is named", arguments: [1.01, 2, -1, 0])
  func byHand(factor: Double) throws {
    let exact = try DualDifferentiator().jacobian(of: TargetFunction(Hill()), at: point).rows
    var function = black
    function.handWritten = { _ in exact.map { $0.map { factor * $0 } } }
    let report = try ConsensusCheck(methods: try allMethods()).run(function, at: point)
    #expect(report.verdict == .disagree)
    #expect(report.methods.first { $0.name == "hand-written" }?.blamed == 2)
    #expect(report.methods.first { $0.name == "finite-difference" }?.blamed == 0)
  }
}
