// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import Foundation
import ReverseMode
import Testing

private struct Mixed: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    x[0] * S.exp(x[1]) + S.sin(x[2]) * x[0] + x[1] * x[1] * x[2]
  }
}

private struct Constant: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 7 }
}

private struct Magnitudes: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.abs(x[0]) + S.relu(x[1]) + x[0] * x[0] + 3 * x[1] }
}

private struct Root: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.sqrt(x[0]) + x[1] }
}

private struct Refused: Error, Equatable {}

private func methods() throws -> [any Differentiator] {
  [TapeDifferentiator(), BatchedDualDifferentiator(), ComplexStepDifferentiator(), try FiniteDifference()]
}

/// How a hand-written gradient can be wrong in one component.
private enum Wrong: String, CaseIterable {
  case sign, factor, percent, small, zero, notANumber, infinite

  func callAsFunction(_ value: Double) -> Double {
    switch self {
    case .sign: -value
    case .factor: 2 * value
    case .percent: 1.01 * value
    case .small: value * (1 + 1e-6)
    case .zero: 0
    case .notANumber: .nan
    case .infinite: .infinity
    }
  }
}

@Suite("Verdicts of the consensus check")
struct CheckVerdictTests {
  private let point = [0.8, -0.4, 1.7]
  private let names = ParameterLayout(names: ["a", "b", "c"])

  private static func gradient(_ x: [Double]) -> [Double] {
    [Double.exp(x[1]) + .sin(x[2]), x[0] * .exp(x[1]) + 2 * x[1] * x[2], .cos(x[2]) * x[0] + x[1] * x[1]]
  }

  @Test("a right gradient written by hand agrees, in all components")
  func right() throws {
    let function = TargetFunction(Mixed(), inputs: names) { Self.gradient($0) }
    let report = try ConsensusCheck(methods: methods()).run(function, at: point)
    #expect(report.verdict == .agree)
    #expect(report.components == 3 && report.totalComponents == 3 && report.methods.count == 5)
    #expect(report.methods.allSatisfy { $0.blamed == 0 && $0.failure == nil })
    try report.requireAgreement()
  }

  @Test("a gradient that is wrong in one component: parameter and method are named", arguments: Wrong.allCases, 0..<3)
  fileprivate func wrong(kind: Wrong, component: Int) throws {
    let function = TargetFunction(Mixed(), inputs: names) { x in
      var gradient = Self.gradient(x)
      gradient[component] = kind(gradient[component])
      return gradient
    }
    let report = try ConsensusCheck(methods: methods()).run(function, at: point)
    #expect(report.verdict != .agree && report.verdict != .vacuous)
    let breaking = report.findings.filter(\.breaksAgreement)
    #expect(breaking.map(\.parameter) == [["a", "b", "c"][component]])
    #expect(breaking.allSatisfy { $0.blamed == ["hand-written"] })
    #expect(throws: CheckFailure.self) { try report.requireAgreement() }
  }

  @Test("methods of one family of rules are counted as one witness, and the report says so")
  func families() throws {
    let alone = ConsensusCheck(methods: [TapeDifferentiator(), DualDifferentiator(), BatchedDualDifferentiator()])
    let one = try alone.run(TargetFunction(Mixed()), at: point)
    #expect(one.verdict == .agree && one.families == 1 && one.summary.contains("one witness"))
    #expect(Set(one.methods.map(\.ruleFamily)).count == 1)
    let several = try ConsensusCheck(methods: methods()).run(TargetFunction(Mixed()), at: point)
    #expect(several.families == 3 && !several.summary.contains("witness"))
  }

  @Test("of two methods that differ, the function's own values say which is wrong")
  func twoMethods() throws {
    let function = TargetFunction(Mixed(), inputs: names) { x in Self.gradient(x).map { 1.5 * $0 } }
    let report = try ConsensusCheck(methods: [TapeDifferentiator()]).run(function, at: point)
    #expect(report.verdict == .disagree)
    #expect(report.methods.first { $0.name == "hand-written" }?.blamed == 3)
    #expect(report.methods.first { $0.name == "tape" }?.blamed == 0)
  }

  @Test("at a kink what lies between the slopes is accepted, what lies outside is not")
  func kinks() throws {
    let between = TargetFunction(Magnitudes()) { _ in [0.25, 3.75] }
    let accepted = try ConsensusCheck(methods: methods()).run(between, at: [0, 0])
    #expect(accepted.verdict == .agree)
    #expect(accepted.worst.map { $0.ratio <= 1 } ?? true, "the closest call of an agreement is within the rule")
    #expect(accepted.findings.contains { $0.cause == .kink })
    let outside = TargetFunction(Magnitudes()) { _ in [1.5, 3.5] }
    let refused = try ConsensusCheck(methods: methods()).run(outside, at: [0, 0])
    #expect(refused.verdict == .disagree)
    #expect(refused.findings.filter(\.breaksAgreement).map(\.blamed) == [["hand-written"]])
  }

  @Test("an infinite derivative at the edge of the domain never passes")
  func edge() throws {
    let report = try ConsensusCheck(methods: methods()).run(TargetFunction(Root()), at: [0, 1])
    #expect(report.verdict == .notFinite)
    #expect(report.verdict.exitCode == 2)
  }

  @Test("a value that is not a number, and a point that is not")
  func notFinite() throws {
    let check = try ConsensusCheck(methods: methods())
    #expect(try check.run(TargetFunction(Root()), at: [-1, 1]).verdict == .notFinite)
    #expect(try check.run(TargetFunction(Root()), at: [.nan, 1]).verdict == .notFinite)
    #expect(try check.run(TargetFunction(Root()), at: [1, .infinity]).verdict == .notFinite)
  }

  @Test("a function that changes its mind")
  func notDeterministic() throws {
    let counter = Counter()
    let function = TargetFunction.blackBox { x in x[0] + Double(counter.next()) }
    #expect(try ConsensusCheck(methods: methods()).run(function, at: [1]).verdict == .notDeterministic)
  }

  @Test("nothing shown: a constant, and a single method")
  func vacuous() throws {
    #expect(try ConsensusCheck(methods: methods()).run(TargetFunction(Constant()), at: [1, 2]).verdict == .vacuous)
    let alone = try ConsensusCheck(methods: [TapeDifferentiator()]).run(TargetFunction(Mixed()), at: point)
    #expect(alone.verdict == .vacuous)
  }

  @Test("an error of the function comes back as that error")
  func thrown() throws {
    let function = TargetFunction.blackBox { _ in throw Refused() }
    #expect(throws: Refused()) { try ConsensusCheck(methods: methods()).run(function, at: [1]) }
  }

  @Test("a black box leaves out what cannot take it, and checks the rest")
  func blackBox() throws {
    let function = TargetFunction.blackBox(gradient: { [2 * $0[0], -$0[1]] }) { x in x[0] * x[0] - 0.5 * x[1] * x[1] }
    let report = try ConsensusCheck(methods: methods()).run(function, at: [1.5, -2])
    #expect(report.verdict == .agree && report.components == 2)
    #expect(report.methods.filter { $0.participation == .unsupported }.count == 3)
  }

  @Test("a report goes through JSON unchanged, NaN included")
  func codable() throws {
    let function = TargetFunction(Mixed(), inputs: names) { _ in [.nan, 1, .infinity] }
    let report = try ConsensusCheck(methods: methods()).run(function, at: point)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data = try encoder.encode(report)
    let back = try decoder.decode(CheckReport.self, from: data)
    #expect(back.verdict == report.verdict && back.findings.count == report.findings.count)
    #expect(try encoder.encode(back) == data)
  }
}

/// Counts calls, for a function that is none.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0
  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
