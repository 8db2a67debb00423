// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Programs
import ReverseMode
import Testing

/// Replays against the one-shot tape, with branches that come out otherwise.
struct ReplayTests {
  static let tape = TapeDifferentiator()

  /// 10,000 programs in ten parts, so that a failure names its part.
  @Test(arguments: 0..<10)
  func randomProgramsWithBranches(part: Int) throws {
    var replays = 0
    var recordings = 0
    for offset in 0..<1000 {
      let f = BranchingProgram(seed: UInt64(part * 1000 + offset))
      let x = f.numbers(f.parameterCount, stream: 1)
      let samples = SampleRows(f.numbers(11 * f.dataCount, stream: 2), width: f.dataCount, count: 11)
      let sum = SampleSum(f, samples: samples, weight: 0.5).erased
      let compiled = CompiledDifferentiator()
      for stream in 1..<4 as Range<UInt64> {
        let y = stream == 1 ? x : f.numbers(f.parameterCount, stream: stream + 10)
        var a: [Double] = []
        var b: [Double] = []
        let value = try compiled.gradient(of: sum, at: y, into: &a)
        let expected = try Self.tape.gradient(of: sum, at: y, into: &b)
        let scale = b.map(\.magnitude).max() ?? 0
        #expect(isClose(value, expected, 1), "\(f): value \(value), tape \(expected)")
        #expect(zip(a, b).allSatisfy { isClose($0, $1, scale) }, "\(f): \(a), tape \(b)")
      }
      replays += compiled.statistics.replays
      recordings += compiled.statistics.recordings
    }
    // Most are replayed, and many take more than one branch: otherwise this would test the tape.
    #expect(replays > 2900)
    #expect(recordings > 1500)
  }

  @Test func wholeFunctionsWithBranches() throws {
    struct Whole: ScalarField {
      let f: BranchingProgram
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
        f(parameters: x[..<f.parameterCount], sample: x[f.parameterCount...])
      }
    }
    for seed in 0..<1000 as Range<UInt64> {
      let f = BranchingProgram(seed: seed)
      let field = Whole(f: f).erased
      let compiled = CompiledDifferentiator()
      for stream in 1..<5 as Range<UInt64> {
        let y = f.numbers(f.parameterCount + f.dataCount, stream: stream)
        var a: [Double] = []
        var b: [Double] = []
        let value = try compiled.gradient(of: field, at: y, into: &a)
        let expected = try Self.tape.gradient(of: field, at: y, into: &b)
        let scale = b.map(\.magnitude).max() ?? 0
        #expect(isClose(value, expected, 1) && zip(a, b).allSatisfy { isClose($0, $1, scale) }, "\(f)")
      }
    }
  }

  /// A function that reads its plain value and computes with that: no replay is its value elsewhere.
  @Test func readingThePlainValueIsAGuard() throws {
    struct Reading: ScalarField {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S(x[0].primal) * x[1] }
    }
    let compiled = CompiledDifferentiator()
    let f = Reading().erased
    for x in [2.0, 3, 5] {
      var gradient: [Double] = []
      #expect(try compiled.gradient(of: f, at: [x, 7], into: &gradient) == 7 * x)
      #expect(gradient == [0, x])
    }
  }

  /// A function with hidden state is found out and left to the tape.
  @Test func hiddenStateIsFoundOut() throws {
    final class Counter: @unchecked Sendable { var factor = 1.0 }
    struct Stateful: ScalarField {
      let counter: Counter
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S(counter.factor) * x[0] }
    }
    let counter = Counter()
    let compiled = CompiledDifferentiator()
    let f = Stateful(counter: counter).erased
    var gradient: [Double] = []
    _ = try compiled.gradient(of: f, at: [2], into: &gradient)
    counter.factor = 3
    #expect(try compiled.gradient(of: f, at: [2], into: &gradient) == 6)
    #expect(gradient == [3])
    #expect(compiled.statistics.fallbacks == 1)
  }

  /// 0 · ∞ is 0 in every method, also where panels multiply plainly.
  @Test func whatIsNotFiniteIsTheTapes() throws {
    struct Root: ScalarField {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { 0 * S.sqrt(x[0]) + x[1] }
    }
    let compiled = CompiledDifferentiator()
    var a: [Double] = []
    var b: [Double] = []
    _ = try compiled.gradient(of: Root().erased, at: [0, 1], into: &a)
    _ = try Self.tape.gradient(of: Root().erased, at: [0, 1], into: &b)
    #expect(a == b)
  }

  /// A sample that takes a branch of its own among many others is not lost and not differentiated wrongly.
  @Test func everyLaneTakesItsOwnBranch() throws {
    struct Steps: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let x = sample[sample.startIndex]
        let w = p[p.startIndex]
        // Fifteen branches: more than are recorded.
        var y = w * x
        var k = 0
        while S(Double(k)) < x {
          y = y * w
          k += 1
        }
        return y
      }
    }
    let samples = SampleRows((0..<200).map { Double($0 * 7 % 15) }, width: 1, count: 200)
    let sum = SampleSum(Steps(), samples: samples).erased
    let compiled = CompiledDifferentiator()
    for w in [1.1, 0.9, 1.01] {
      var a: [Double] = []
      var b: [Double] = []
      let value = try compiled.gradient(of: sum, at: [w], into: &a)
      #expect(isClose(value, try Self.tape.gradient(of: sum, at: [w], into: &b), 1))
      #expect(isClose(a[0], b[0], 1))
    }
    #expect(compiled.statistics.samplesByTape > 0)
  }

  /// A rule of somebody else's cannot be recorded; the tape takes it.
  @Test func unknownRulesGoToTheTape() throws {
    struct Doubling: UnaryRule {
      var name: String { "doubling" }
      func value<S: DifferentiableScalar>(_ x: S) -> S { 2 * x }
      func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S { 2 }
    }
    struct Custom: ScalarField {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
        func apply<C: ChainRuleScalar>(_ x: C) -> C { C.apply(Doubling(), x) }
        if let y = x[0] as? any ChainRuleScalar, let result = apply(y) as? S { return result }
        return 2 * x[0]
      }
    }
    let compiled = CompiledDifferentiator()
    var gradient: [Double] = []
    #expect(try compiled.gradient(of: Custom().erased, at: [4], into: &gradient) == 8)
    #expect(gradient == [2])
    #expect(compiled.statistics.fallbacks == 1)
  }
}
