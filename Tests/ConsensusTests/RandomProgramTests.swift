// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import ReverseMode
import Testing

@Suite("No false alarm on random programs")
struct RandomProgramTests {
  /// Counts verdicts over seeds and describes what is none to be expected.
  private func alarms(
    _ style: RandomProgram.Style, _ seeds: Range<UInt64>, _ methods: [any Differentiator],
    allowing allowed: Set<Verdict> = []
  ) throws -> (alarms: [String], agreeing: Int) {
    let check = ConsensusCheck(methods: methods)
    var alarms: [String] = []
    var agreeing = 0
    for seed in seeds {
      let (program, point) = RandomProgram.make(style, seed: seed)
      let report = try check.run(TargetFunction(program), at: point)
      if report.verdict == .agree { agreeing += 1 }
      if report.verdict == .agree || allowed.contains(report.verdict) { continue }
      if report.verdict == .vacuous, try isZero(program, point, report.rule) { continue }
      // Documented: there the complex step has no digits, and the check is right.
      if style == .scaled, !suitsComplexStep(program, at: point) { continue }
      let finding = report.findings.first { $0.breaksAgreement }?.explanation ?? ""
      alarms.append("\(style) seed \(seed): \(report.verdict), \(report.summary); \(finding)")
    }
    return (alarms, agreeing)
  }

  /// Whether the derivative is zero within the roundoff of its terms.
  private func isZero(_ program: RandomProgram, _ point: [Double], _ rule: ToleranceRule) throws -> Bool {
    let rows = try TapeDifferentiator().jacobian(of: TargetFunction(program), at: point).rows
    return zip(rows, termSizes(program, at: point)).allSatisfy { row, sizes in
      zip(row, sizes).allSatisfy { $0.magnitude <= rule.allowance(0, 0, errors: (0, 0), terms: $1) }
    }
  }

  @Test("with all five methods", arguments: RandomProgram.Style.allCases)
  func allFive(style: RandomProgram.Style) throws {
    let (alarms, agreeing) = try alarms(style, 0..<3000, try allMethods())
    #expect(alarms == [])
    // Not because nothing was compared.
    #expect(agreeing >= 2850)
  }

  @Test("with the exact methods alone", arguments: RandomProgram.Style.allCases)
  func exact(style: RandomProgram.Style) throws {
    let (alarms, agreeing) = try alarms(style, 0..<1000, Array(try allMethods().prefix(4)))
    #expect(alarms == [])
    #expect(agreeing >= 950)
  }

  @Test(
    "with one exact method and differences: nobody is blamed; what they cannot tell they say is inconclusive",
    arguments: [RandomProgram.Style.plain, .kinks, .branches, .ripples], [0, 3])
  func twoMethods(style: RandomProgram.Style, exact: Int) throws {
    let methods = try allMethods()
    let (alarms, agreeing) = try alarms(style, 0..<1000, [methods[exact], methods[4]], allowing: [.inconclusive])
    #expect(alarms == [])
    #expect(agreeing >= 950)
  }
}
