// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

/// Σ (1 + i/10) sin xᵢ: every component is one of its own.
private struct Separate: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    S.sum(x.indices.map { S(1 + Double($0) / 10) * S.sin(x[$0]) }[...])
  }
}

@Suite("More disputes than are looked into")
struct DisputeLimitTests {
  static let point = (0..<200).map { 0.3 + 0.005 * Double($0) }

  /// Method 0 is wrong by a percent in the first hundred components, method 3 by the sign in the next fifty.
  static func report() throws -> CheckReport {
    var methods = try allMethods()
    methods[0] = WrongDifferentiator(methods[0]) { result in
      for j in 0..<100 { result.rows[0][j] *= 1.01 }
    }
    methods[3] = WrongDifferentiator(methods[3]) { result in
      for j in 100..<150 { result.rows[0][j] *= -1 }
    }
    return try ConsensusCheck(methods: methods).run(TargetFunction(Separate()), at: point)
  }

  @Test("each component blames the method that is wrong there, looked into or not")
  func blame() throws {
    let report = try Self.report()
    #expect(report.verdict == .disagree && report.findings.count == 150)
    #expect(report.methods.map(\.blamed) == [100, 0, 0, 50, 0])
    for finding in report.findings {
      let index = try #require(Int(finding.parameter.filter(\.isNumber)))
      #expect(finding.blamed == [report.methods[index < 100 ? 0 : 3].name], "\(finding.explanation)")
    }
    #expect(report.unexamined == 150 - 64)
  }

  @Test("the worst are looked into, come first, and are the worst of the summary and of the comparison")
  func order() throws {
    let report = try Self.report()
    let first = try #require(report.findings.first)
    #expect(first.cause == .wrongRule && first.parameter == report.worst?.parameter)
    #expect(report.summary.contains("worst: \(first.parameter)"))
    let examined = report.findings.filter { $0.cause != .undecided }
    #expect(Array(report.findings.prefix(64)) == examined)
    // A wrong sign is two hundred times further off than a percent.
    #expect(examined.prefix(50).allSatisfy { $0.blamed == [report.methods[3].name] })
  }
}
