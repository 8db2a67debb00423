// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import RandomStreams
import ReverseMode
import Testing

private struct Line: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 0.3 * x[0] - 0.7 * x[1] + 1.1 * x[2] + 0.1 }
}

private struct Curve: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    x.reduce(0) { $0 + S.exp($1) * S.sin(3 * $1) }
  }
}

@Suite("Quotients that do not know their error")
struct UnknownErrorTests {
  private func points(_ count: Int) -> [[Double]] {
    var random = Xoshiro256(seed: 17)
    return (0..<count).map { _ in (0..<3).map { _ in random.uniform(in: -2..<2) } }
  }

  /// The causes of all findings at many points.
  private func causes(
    _ f: TargetFunction, _ methods: [any Differentiator], blaming name: String
  ) throws -> Set<Cause> {
    var causes: Set<Cause> = []
    for point in points(100) {
      let report = try ConsensusCheck(methods: methods).run(f, at: point)
      #expect(report.verdict == .disagree)
      for finding in report.findings {
        #expect(finding.breaksAgreement && finding.blamed == [name], "at \(point): \(finding)")
        causes.insert(finding.cause)
      }
    }
    return causes
  }

  @Test("a step of 1e-12 errs by roundoff in every component, never by truncation")
  func roundoff() throws {
    for step in [1e-12, 1e-13, 1e-11] {
      let quotient = FixedQuotient(step: step)
      for f in [TargetFunction(Line()), TargetFunction(Curve())] {
        let among = try causes(f, try allMethods() + [quotient], blaming: quotient.name)
        #expect(among == [.roundoff])
        #expect(try causes(f, [TapeDifferentiator(), quotient], blaming: quotient.name) == [.roundoff])
      }
    }
  }

  @Test("a step of 1e-3 or more errs by truncation in every component, never by roundoff")
  func truncation() throws {
    for quotient in [FixedQuotient(step: 1e-3), FixedQuotient(step: 0.1), FixedQuotient(step: 0.01, isCentral: true)] {
      let f = TargetFunction(Curve())
      #expect(try causes(f, try allMethods() + [quotient], blaming: quotient.name) == [.truncation])
      #expect(try causes(f, [TapeDifferentiator(), quotient], blaming: quotient.name) == [.truncation])
    }
  }

  @Test("a quotient with a wrong rule is told from one with a bad step", arguments: [-1, 2, 1.01, 0])
  func wrongRule(factor: Double) throws {
    let wrong = WrongDifferentiator(FixedQuotient(step: 1e-6)) { $0.rows = $0.rows.map { $0.map { factor * $0 } } }
    var found = 0
    for point in points(100) {
      let report = try ConsensusCheck(methods: try allMethods() + [wrong]).run(TargetFunction(Curve()), at: point)
      #expect(report.verdict == .disagree)
      // At 61 times the step truncation is up to 4e-3, at the shortest one that is tried roundoff is 1e-3: a difference
      // as small could be their work. And values from steps far beyond |x| convict nobody.
      let far = Set(point.indices.filter { point[$0].magnitude < 0.05 }.map { "x[\($0)]" })
      for finding in report.findings where finding.difference > 3e-2 && !far.contains(finding.parameter) {
        found += 1
        #expect(finding.cause == .wrongRule && finding.blamed == [wrong.name], "at \(point): \(finding)")
      }
    }
    #expect(found >= 30)
  }

  @Test("beside a quotient of unknown error an exact method that is wrong is blamed, and the quotient is no witness")
  func beside() throws {
    for step in [1e-6, 1e-3, 1e-12] {
      let quotient = FixedQuotient(step: step)
      for factor in [-1, 2, 1.01, 0] {
        let wrong = WrongDifferentiator(TapeDifferentiator()) { $0.rows = $0.rows.map { $0.map { factor * $0 } } }
        for point in points(20) {
          let report = try ConsensusCheck(methods: [wrong, quotient]).run(TargetFunction(Curve()), at: point)
          #expect(report.verdict == .disagree && report.methods.map(\.blamed) == [3, 0])
          #expect(report.findings.allSatisfy { $0.cause == .wrongRule })
        }
      }
    }
  }

  @Test("two quotients of the same step are wrong alike, and do not pass for agreement")
  func alike() throws {
    let black = TargetFunction.blackBox { x in x.reduce(0) { $0 + Double.exp($1) * .sin(3 * $1) } }
    for (step, cause) in [(1e-3, Cause.truncation), (1e-12, .roundoff)] {
      var second = FixedQuotient(step: step)
      second.isCentral = false
      for point in points(20) {
        let report = try ConsensusCheck(methods: [FixedQuotient(step: step), second]).run(black, at: point)
        #expect(report.verdict == .disagree)
        #expect(report.findings.allSatisfy { $0.cause == cause && $0.breaksAgreement })
      }
    }
  }
}
