// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Programs
import ReverseMode
import Testing
import Workloads

/// Gradient descent and Jacobians over samples in one call.
struct DescentTests {
  @Test func chainEndsWhereItShould() throws {
    var w = LineFits.Chain.start
    _ = try CompiledDifferentiator().descend(
      LineFits.Chain().erased, over: LineFits.samples(), batch: 1, rate: 0.01, epochs: 1, from: &w)
    #expect(zip(w, LineFits.Chain.end).allSatisfy { ($0 - $1).magnitude <= 1e-13 })
  }

  /// Few parameters or many, small batches or large, and a last batch that is not full.
  @Test(arguments: [1, 3, 8, 9, 40, 100, 1000])
  func stepsAreThoseOfTheTape(_ batch: Int) throws {
    func check(_ term: AnySampleTerm, _ samples: SampleRows, _ start: [Double]) throws {
      let compiled = CompiledDifferentiator()
      var x = start
      let value = try compiled.descend(term, over: samples, batch: batch, rate: 0.01, epochs: 2, from: &x)
      var y = start
      var expected = 0.0
      var g: [Double] = []
      for _ in 0..<2 {
        for first in stride(from: 0, to: samples.count, by: batch) {
          let rows = samples.selecting(first..<min(first + batch, samples.count))
          let sum = SampleSum(term, samples: rows, weight: 1 / Double(rows.count))
          expected = try ReplayTests.tape.gradient(of: sum.erased, at: y, into: &g)
          for i in y.indices { y[i] -= 0.01 * g[i] }
        }
      }
      #expect(zip(x, y).allSatisfy { ($0 - $1).magnitude <= 1e-12 * max(1, $1.magnitude) })
      #expect((value - expected).magnitude <= 1e-12 * max(1, expected.magnitude))
      #expect(compiled.statistics.fallbacks == 0)
    }
    try check(LineFits.Line().erased, LineFits.samples(), [0, 0])
    let (loss, x) = Moons.workload()
    try check(loss.term, loss.samples, x)
  }

  /// Single updates by steps on single numbers end where dual numbers do, over several epochs; what cannot go by these
  /// goes by dual numbers.
  @Test(arguments: InstructionSet.available)
  func singleUpdatesAreThoseOfTheTape(_ set: InstructionSet) throws {
    struct Term: SampleTerm {
      let kind: Int
      func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let w = Array(p)
        let (x, y) = (sample[sample.startIndex], sample[sample.startIndex + 1])
        switch kind {
        case 0: return (w[0] / (1 + w[1] * w[1]) - y) * (w[0] * x - w[2] * y - 0.5)
        case 1: return -w[0] * w[1] * x + w[2] * w[2] * w[2] - (w[0] - w[1])
        case 2: return S.tanh(w[0] * x) - w[1] * w[2] * y
        default: return x < 0 ? w[0] * w[0] : w[1] * w[2] * y
        }
      }
    }
    let samples = SampleRows((0..<140).map { Double.cos(1.1 * Double($0)) }, width: 2, count: 70)
    for kind in 0..<4 {
      let term = Term(kind: kind).erased
      let compiled = CompiledDifferentiator(instructionSet: set)
      for epochs in [1, 3] {
        var x = [0.4, -0.3, 0.7]
        let value = try compiled.descend(term, over: samples, batch: 1, rate: 0.01, epochs: epochs, from: &x)
        var y = [0.4, -0.3, 0.7]
        var expected = 0.0
        var g: [Double] = []
        for step in 0..<(70 * epochs) {
          let sum = SampleSum(term, samples: samples.selecting([step % 70]), weight: 1)
          expected = try ReplayTests.tape.gradient(of: sum.erased, at: y, into: &g)
          for i in y.indices { y[i] -= 0.01 * g[i] }
        }
        #expect(LayerTests.agrees(x, y) && (value - expected).magnitude <= 1e-12, "\(kind), \(epochs) epochs")
      }
      #expect(compiled.statistics.replays == (kind < 2 ? 210 : 0), "\(kind)")
    }
  }

  /// A descent that leaves the finite numbers ends as the same steps by dual numbers do.
  @Test func descentsThatDivergeAreLeftToDualNumbers() throws {
    var x = LineFits.Chain.start
    let compiled = CompiledDifferentiator()
    let value = try compiled.descend(
      LineFits.Chain().erased, over: LineFits.samples(), batch: 1, rate: 100, epochs: 2, from: &x)
    #expect(!value.isFinite && x.contains { !$0.isFinite } && compiled.statistics.replays == 0)
  }

  /// Hidden state that shows in the midst of a descent is found out.
  @Test func hiddenStateOfSingleUpdatesIsFoundOut() throws {
    final class Counter: @unchecked Sendable { var factor = 1.0 }
    struct Drifting: SampleTerm {
      let counter: Counter
      func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        S(counter.factor) * p[p.startIndex] * sample[sample.startIndex]
      }
    }
    let counter = Counter()
    let term = Drifting(counter: counter).erased
    let compiled = CompiledDifferentiator()
    let samples = SampleRows(Array(repeating: 1, count: 100), width: 1, count: 100)
    var x = [0.0]
    _ = try compiled.descend(term, over: samples, batch: 1, rate: 0.01, epochs: 1, from: &x)
    #expect((x[0] + 1).magnitude <= 1e-12 && compiled.statistics.replays == 100)
    counter.factor = 2
    // Steps 101 to 200: the 128th is checked.
    _ = try compiled.descend(term, over: samples, batch: 1, rate: 0.01, epochs: 1, from: &x)
    #expect((x[0] + 3).magnitude <= 1e-12 && compiled.statistics.replays == 100)
  }

  struct Angles: VectorFunction {
    let isBranching: Bool
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
      if isBranching, x[0] < 0 { return [x[0], x[1] * x[2]] }
      return [S.sin(x[0]) * x[2] + x[1], S.exp(x[1] * x[0])]
    }
  }

  @Test(arguments: [false, true])
  func jacobiansAreTheTapes(_ isBranching: Bool) throws {
    let numbers = (0..<(3 * 301)).map { Double.cos(0.7 * Double($0)) }
    let rows = SampleRows(numbers, width: 3, count: 301)
    let f = Angles(isBranching: isBranching).erased
    let compiled = CompiledDifferentiator()
    for _ in 0..<2 {
      var results: [Double] = []
      try compiled.jacobians(of: f, at: rows, variables: 2, into: &results)
      #expect(results.count == 301 * 6)
      for i in 0..<rows.count {
        let (value, jacobian) = try ReplayTests.tape.pull(f, at: rows.row(i)) { _ in [[1, 0], [0, 1]] }
        let expected = value + jacobian.flatMap { Array($0[..<2]) }
        #expect(zip(results[(6 * i)...], expected).allSatisfy { ($0 - $1).magnitude <= 1e-14 * 8 })
      }
    }
    #expect(compiled.statistics.fallbacks == (isBranching ? 2 : 0))
  }

  @Test(arguments: InstructionSet.available)
  func bundleAdjustment(_ set: InstructionSet) throws {
    let workload = try #require(Workload.named("ba"))
    let repetition = try #require(try workload.repetition(CompiledDifferentiator(instructionSet: set)))
    for _ in 0..<2 { #expect(workload.objection(to: try repetition()) == nil) }
  }

  /// Each workload of a network, replayed: the second and third calls are right too.
  @Test(arguments: ["moons", "circle", "chain", "linear_fit", "mlp_784-128-10_b64"])
  func replaysAreRight(_ name: String) throws {
    let workload = try #require(Workload.named(name))
    let repetition = try #require(try workload.repetition(CompiledDifferentiator()))
    for _ in 0..<3 { #expect(workload.objection(to: try repetition()) == nil) }
  }
}
