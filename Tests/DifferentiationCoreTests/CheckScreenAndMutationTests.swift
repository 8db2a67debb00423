// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import RandomStreams
import ReverseMode
import Testing

/// A random program: operations drawn from a seed, on values made so far.
private struct RandomProgram: ScalarField {
  let steps: [(kind: Int, a: Int, b: Int)]
  let inputCount: Int

  init(seed: UInt64, inputs: Int, length: Int) {
    var random = Xoshiro256(seed: seed)
    inputCount = inputs
    steps = (0..<length).map { k in (random.below(9), random.below(inputs + k), random.below(inputs + k)) }
  }

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var values = x
    for step in steps {
      let a = values[step.a]
      let b = values[step.b]
      switch step.kind {
      case 0: values.append(a + b)
      case 1: values.append(a * b)
      case 2: values.append(S.sin(a) - b)
      case 3: values.append(S.tanh(a * b))
      case 4: values.append(a / (1 + b * b))
      case 5: values.append(S.exp(-a * a))
      case 6: values.append(S.max(a, b))
      case 7: values.append(S.relu(a) + S.abs(b))
      default: values.append(S.log(onePlus: a * a) * b)
      }
    }
    return S.sum(values[...])
  }
}

/// Σ tanh(i x_i): one component a coordinate, for many coordinates.
private struct Separate: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    S.sum(x.enumerated().map { S.tanh(S(1 + Double($0 % 5)) * $1) })
  }
}

private func allMethods() throws -> [any Differentiator] {
  [
    TapeDifferentiator(), DualDifferentiator(), BatchedDualDifferentiator(), ComplexStepDifferentiator(),
    try FiniteDifference(),
  ]
}

@Suite("Random programs, mutants and screening")
struct CheckScreenAndMutationTests {
  @Test("no false alarm on a thousand random programs")
  func falseAlarms() throws {
    let check = ConsensusCheck(methods: try allMethods())
    var alarms: [String] = []
    for seed in UInt64(0)..<1000 {
      let program = RandomProgram(seed: seed, inputs: 4, length: 12)
      var random = Xoshiro256(seed: seed &+ 77_777)
      let point = (0..<4).map { _ in random.normal() }
      let report = try check.run(TargetFunction(program), at: point)
      if report.verdict != .agree { alarms.append("\(seed): \(report.summary)") }
    }
    #expect(alarms == [])
  }

  @Test("every planted rule that matters is found", arguments: UInt64(0)..<40)
  func mutants(seed: UInt64) throws {
    let program = RandomProgram(seed: seed, inputs: 5, length: 15)
    var random = Xoshiro256(seed: seed &+ 5)
    let point = (0..<5).map { _ in random.normal() }
    let report = try ConsensusCheck(methods: try allMethods(), seed: seed).mutationRun(
      TargetFunction(program), at: point, places: 15)
    #expect(report.survivors == [])
    #expect(report.planted == 75 && report.killed + report.withinRule == 75)
    #expect(report.killed > 0)
  }

  @Test("a looser rule finds less, and says how much it lets pass")
  func loose() throws {
    let program = TargetFunction(RandomProgram(seed: 3, inputs: 4, length: 12))
    var check = ConsensusCheck(methods: try allMethods())
    let strict = try check.mutationRun(program, at: [0.3, -1, 0.5, 2], places: 10)
    check.rule.relative = 0.02
    let loose = try check.mutationRun(program, at: [0.3, -1, 0.5, 2], places: 10)
    #expect(loose.planted == strict.planted)
    #expect(loose.withinRule > strict.withinRule && loose.killed < strict.killed)
    #expect(strict.kinds["percent"]?.killed ?? 0 > 0 && loose.kinds["percent"]?.killed == 0)
  }

  @Test("many inputs are screened along directions, and a wrong component is still found and named")
  func screen() throws {
    let n = 300
    let point = (0..<n).map { 0.01 * Double($0 % 37) - 0.2 }
    var check = ConsensusCheck(methods: try allMethods())
    check.componentLimit = 100
    let right = try check.run(TargetFunction(Separate()), at: point)
    #expect(right.verdict == .agree && right.directions == check.directionCount)
    let wrong = TargetFunction(Separate()) { x in
      var gradient = x.enumerated().map { i, v -> Double in
        let k = 1 + Double(i % 5)
        let t = Double.tanh(k * v)
        return k * (1 - t * t)
      }
      gradient[123] *= 1.01
      return gradient
    }
    let report = try check.run(wrong, at: point)
    #expect(report.verdict == .disagree)
    #expect(report.findings.first?.parameter == "x[123]" && report.findings.first?.blamed == ["hand-written"])
  }

  @Test("the rule is symmetric and no NaN passes it")
  func rule() {
    let rule = ToleranceRule()
    let values: [Double] = [0, 1, -1, 1 + 1e-10, 1e300, .nan, .infinity, -.infinity]
    for a in values {
      for b in values {
        let forward = rule.agrees(a, b, errors: (1e-9, 0), terms: 1)
        #expect(forward == rule.agrees(b, a, errors: (0, 1e-9), terms: 1))
        if !a.isFinite || !b.isFinite { #expect(!forward) }
      }
    }
    #expect(rule.agrees(1, 1 + 1e-10, errors: (0, 0), terms: 1))
    #expect(!rule.agrees(1, 1.00001, errors: (0, 0), terms: 1))
  }
}
