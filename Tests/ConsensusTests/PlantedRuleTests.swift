// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import Testing

@Suite("Wrong rules planted in random programs are found, and the right method is blamed")
struct PlantedRuleTests {
  @Test("in one operation of the program", arguments: RandomProgram.Style.allCases)
  func operations(style: RandomProgram.Style) throws {
    var survivors: [String] = []
    var killed = 0
    for seed in UInt64(0)..<40 {
      let (program, point) = RandomProgram.make(style, seed: seed)
      let check = ConsensusCheck(methods: try allMethods(), seed: seed)
      guard try check.run(TargetFunction(program), at: point).verdict == .agree else { continue }
      let report = try check.mutationRun(TargetFunction(program), at: point, places: 5)
      killed += report.killed
      #expect(report.killed + report.withinRule + report.survivors.count == report.planted)
      for mutant in report.survivors {
        survivors.append("\(style) seed \(seed): \(mutant.mutation) at \(mutant.place), ratio \(mutant.ratio)")
      }
    }
    #expect(survivors == [])
    #expect(killed >= 200)
  }

  /// How a method is wrong in one component.
  private static func wrong(_ mutation: Mutation, _ value: Double, _ largest: Double) -> Double {
    switch mutation {
    case .sign: -value
    case .factor: 2 * value
    case .droppedTerm: value - 0.5 * largest
    case .zero: 0
    case .percent: 1.01 * value
    }
  }

  @Test(
    "in each exact method: it is blamed and no other", arguments: RandomProgram.Style.allCases,
    Mutation.allCases)
  func hosts(style: RandomProgram.Style, mutation: Mutation) throws {
    var misses: [String] = []
    var planted = 0
    var between = 0
    for seed in UInt64(0)..<60 {
      let (program, point) = RandomProgram.make(style, seed: seed)
      let f = TargetFunction(program)
      let methods = try allMethods()
      guard try ConsensusCheck(methods: methods).run(f, at: point).verdict == .agree else { continue }
      var random = Xoshiro256(seed: seed)
      let host = random.below(4)
      let right = try methods[..<4].map { try $0.jacobian(of: f, at: point).rows }
      let (i, j) = (random.below(right[host].count), random.below(point.count))
      let largest = right[host][i].map(\.magnitude).max() ?? 0
      let value = Self.wrong(mutation, right[host][i][j], largest)
      let terms = termSizes(program, at: point)[i][j]
      let rule = ToleranceRule()
      // Outside the rule, with room for what the exact methods differ by themselves.
      let moves = right.indices.filter { $0 != host }.allSatisfy {
        (value - right[$0][i][j]).magnitude > 2 * rule.allowance(value, right[$0][i][j], errors: (0, 0), terms: terms)
      }
      guard moves, value.isFinite else { continue }
      planted += 1
      var wrong = methods
      wrong[host] = WrongDifferentiator(methods[host]) { result in
        if result.rows.indices.contains(i) { result.rows[i][j] = value }
      }
      let report = try ConsensusCheck(methods: wrong).run(f, at: point)
      let blamed = report.methods.filter { $0.blamed > 0 }.map(\.name)
      // At a kink, or next to one, whatever lies between the slopes on its sides is accepted.
      let isBetween = report.findings.contains { finding in
        guard finding.cause == .kink, finding.values[methods[host].name] == value, let slopes = finding.slopes else {
          return false
        }
        // The slopes have errors of their own, which a finding does not show.
        let (lower, upper) = (min(slopes[0], slopes[1]), max(slopes[0], slopes[1]))
        return (lower - value) < 0.02 * (upper - lower) && (value - upper) < 0.02 * (upper - lower)
      }
      if isBetween {
        between += 1
      } else if report.verdict != .disagree || blamed != [methods[host].name] {
        let findings = report.findings
        misses.append("\(style) seed \(seed), \(methods[host].name), \(i) \(j): \(report.verdict), \(findings)")
      }
    }
    #expect(misses == [])
    #expect(planted >= 15 && between <= 2)
  }

  @Test("in the differences: the wrong rule is told from a missed estimate", arguments: Mutation.allCases)
  func differences(mutation: Mutation) throws {
    var misses: [String] = []
    var planted = 0
    for seed in UInt64(0)..<200 {
      let (program, point) = RandomProgram.make(.plain, seed: seed)
      let f = TargetFunction(program)
      var methods = try allMethods()
      let right = try methods[4].jacobian(of: f, at: point)
      let largest = right.rows.flatMap { $0.map(\.magnitude) }.max() ?? 0
      // A component that the differences know to one part in a hundred thousand.
      guard let errors = right.errors?[0],
        let j = point.indices.first(where: {
          right.rows[0][$0].magnitude > max(1e5 * errors[$0], 1e-3 * largest, 1e-3)
        })
      else { continue }
      planted += 1
      methods[4] = WrongDifferentiator(methods[4]) { result in
        guard !result.rows.isEmpty else { return }
        // Along a line there is one component; it is as wrong.
        let j = result.rows[0].count == 1 ? 0 : j
        result.rows[0][j] = Self.wrong(mutation, result.rows[0][j], result.rows[0][j].magnitude)
      }
      let report = try ConsensusCheck(methods: methods).run(f, at: point)
      let blamed = report.methods.filter { $0.blamed > 0 }.map(\.name)
      if report.verdict != .disagree || blamed != [methods[4].name] {
        misses.append("seed \(seed), \(j): \(report.verdict), \(report.summary) \(report.findings)")
      }
    }
    #expect(misses == [])
    #expect(planted >= 50)
  }
}
