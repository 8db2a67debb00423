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

/// Σ 0·x: every derivative is zero.
private struct Constant: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.sum(x.map { 0 * $0 }) }
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
    #expect(report.survivors == [] && report.site == .operations)
    #expect(report.killed + report.withinRule == report.planted)
    // Four kinds at each of at most fifteen places, and either term dropped where there are two.
    let each = report.kinds["zero"]?.planted ?? 0
    #expect((1...15).contains(each) && ["sign", "factor", "percent"].allSatisfy { report.kinds[$0]?.planted == each })
    let dropped = report.kinds["droppedTerm"]?.planted ?? -1
    #expect((0...2 * each).contains(dropped) && dropped % 2 == 0)
    #expect(report.killed > 0)
  }

  @Test("no place is planted twice, and a rule of one term has none to drop")
  func places() throws {
    struct Chain: ScalarField {
      // Three operations of one term each, and one of two.
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.exp(S.sin(x[0])) * S.tanh(x[1]) }
    }
    let check = ConsensusCheck(methods: try allMethods())
    let report = try check.mutationRun(TargetFunction(Chain()), at: [0.3, 0.7], places: 2000)
    for kind in Mutation.allCases {
      let count = kind == .droppedTerm ? 2 : 4
      #expect(report.kinds[kind.rawValue] == MutationCount(planted: count, killed: count))
    }
    #expect(report.planted == 18 && report.killed == 18)
    // Of a black box, the components of the first result.
    let box = TargetFunction.blackBox(gradient: { [2 * $0[0], -$0[1]] }) { x in x[0] * x[0] - 0.5 * x[1] * x[1] }
    let components = try check.mutationRun(box, at: [1.5, -2], places: 2000)
    #expect(components.site == .components && components.host == "hand-written" && components.planted == 10)
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
    // What was screened took time, and is not counted as compared.
    #expect(right.methods.filter { $0.participation == .screened }.count == 4)
    #expect(right.methods.allSatisfy { $0.seconds > 0 && $0.evaluations > 0 })
    #expect(right.components == 0 && right.screenedComponents == n && right.totalComponents == n)
    #expect(
      right.summary.hasPrefix("300 components: 1 method in full, 4 methods agree with it along 8 random directions"))
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
    // With the derivative by hand beside the tape there are two in full.
    let correct = TargetFunction(Separate()) { x in
      x.enumerated().map { i, v -> Double in
        let k = 1 + Double(i % 5)
        let t = Double.tanh(k * v)
        return k * (1 - t * t)
      }
    }
    let both = try check.run(correct, at: point)
    #expect(
      both.summary.hasPrefix("300/300 components agree by 2 methods, and by 4 methods along 8 random directions"))
    #expect(both.components == n && both.screenedComponents == n)
  }

  @Test("an infinite error estimate lets nothing pass, along directions either")
  func infiniteErrors() throws {
    struct Boundless: Differentiator {
      let base = DualDifferentiator()
      var name: String { "boundless" }
      var traits: DifferentiatorTraits {
        DifferentiatorTraits(
          mode: .differences, accuracy: .truncated(order: 2), estimatesError: true, ruleFamily: "boundless")
      }
      func open(_ result: DerivativeResult) -> DerivativeResult {
        var result = result
        result.rows = result.rows.map { $0.map { $0 + 1 } }
        result.errors = result.rows.map { $0.map { _ in .infinity } }
        return result
      }
      func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
        open(try base.jacobian(of: f, at: x))
      }
      func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
        open(try base.directionalDerivative(of: f, at: x, along: v))
      }
      func vectorJacobianProduct(
        of f: TargetFunction, at x: [Double], cotangent c: [Double]
      ) throws -> DerivativeResult { open(try base.vectorJacobianProduct(of: f, at: x, cotangent: c)) }
      func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
        try base.hessian(of: f, at: x)
      }
      func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
        try base.hessianVectorProduct(of: f, at: x, along: v)
      }
    }
    let point = (0..<40).map { 0.01 * Double($0) + 0.1 }
    for function in [TargetFunction(Separate()), TargetFunction(Constant())] {
      var check = ConsensusCheck(methods: [TapeDifferentiator(), Boundless()])
      check.componentLimit = 10
      let report = try check.run(function, at: point)
      #expect(report.methods[1].participation == .compared, "the directions are not to let it pass")
    }
  }

  @Test("the rule is symmetric and nothing passes it that is NaN or infinite")
  func rule() {
    let rule = ToleranceRule()
    let values: [Double] = [0, 1, -1, 1 + 1e-10, 1e300, .nan, .infinity, -.infinity]
    for a in values {
      for b in values {
        let forward = rule.agrees(a, b, errors: (1e-9, 0), terms: 1)
        #expect(forward == rule.agrees(b, a, errors: (0, 1e-9), terms: 1))
        if !a.isFinite || !b.isFinite { #expect(!forward) }
        for bad in [Double.nan, .infinity] {
          #expect(!rule.agrees(a, b, errors: (bad, 0), terms: 1) && !rule.agrees(a, b, errors: (0, bad), terms: 1))
          #expect(!rule.agrees(a, b, errors: (0, 0), terms: bad))
        }
      }
    }
    #expect(rule.agrees(1, 1 + 1e-10, errors: (0, 0), terms: 1))
    #expect(!rule.agrees(1, 1.00001, errors: (0, 0), terms: 1))
  }
}
