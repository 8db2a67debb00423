// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Programs
import Testing
import Workloads

/// Sums over samples: the benchmarks' reference values, and what must not change the result.
struct PanelTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let value: Double
    let first: Double
    let last: Double
    let norm: Double
    let workload: @Sendable () -> (loss: SampleSum, parameters: [Double])
  }

  /// Provenance: the table of reference values that all tools of the side-by-side benchmark agreed on.
  static let references = [
    Reference(
      testDescription: "two moons", value: 0.8762295456069233, first: 0.0279382416446815, last: 0.27,
      norm: 1.05481034288052
    ) { Moons.workload() },
    Reference(
      testDescription: "mixture, d = 2, k = 5", value: -3465.587442444605, first: -82.639442326039,
      last: -21.5025049897681, norm: 561.464185736496
    ) { GaussianMixture.workload(dimension: 2, components: 5) },
    Reference(
      testDescription: "mixture, d = 10, k = 5", value: -32800.66297933936, first: 150.963778373274,
      last: -212.30938122489, norm: 5770.94110628719
    ) { GaussianMixture.workload(dimension: 10, components: 5) },
    Reference(
      testDescription: "mixture, d = 10, k = 25", value: -24365.18199522934, first: -4.66955350227148,
      last: 7.10176177282832, norm: 2276.34550657162
    ) { GaussianMixture.workload(dimension: 10, components: 25) },
  ]

  @Test(arguments: references, InstructionSet.available)
  func referenceValues(_ reference: Reference, _ set: InstructionSet) throws {
    let (loss, x) = reference.workload()
    let compiled = CompiledDifferentiator(instructionSet: set)
    var g: [Double] = []
    let value = try compiled.gradient(of: loss.erased, at: x, into: &g)
    func close(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-10 * b.magnitude }
    #expect(close(value, reference.value))
    #expect(close(g[0], reference.first))
    #expect(close(g[g.count - 1], reference.last))
    #expect(close(g.reduce(0) { $0 + $1 * $1 }.squareRoot(), reference.norm))
    #expect(compiled.statistics.replays == 1 && compiled.statistics.fallbacks == 0)
  }

  /// The sum's blocks depend on the number of samples alone.
  @Test func threadsDoNotChangeABit() throws {
    let (loss, x) = GaussianMixture.workload(dimension: 10, components: 5, points: 777)
    var results: [[Double]] = []
    for threads in [1, 2, 3, 8] {
      var g: [Double] = []
      let value = try CompiledDifferentiator(threads: threads).gradient(of: loss.erased, at: x, into: &g)
      results.append([value] + g)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test func positionsChooseTheSamples() throws {
    let (loss, x) = Moons.workload()
    let program = try Program.recording(parameters: x, data: loss.samples.row(0)) { p, d in
      [Moons()(parameters: p[...], sample: d[...])]
    }
    let runner = try PanelRunner(program)
    let chosen = (0..<37).map { $0 * 13 % 100 }
    var a = x.map { _ in 0.0 }
    var b = a
    let first = runner(parameters: x, samples: loss.samples, at: chosen[...], weight: 2, adding: &a)
    let second = runner(parameters: x, samples: loss.samples.selecting(chosen), weight: 2, adding: &b)
    #expect(first == second && a == b)
    let none = runner(parameters: x, samples: loss.samples, at: [], weight: 2, adding: &a)
    #expect(none == 0 && a == b)
  }

  /// Numbers of samples around the width of a panel: nothing of the lanes that are left over gets in.
  @Test(arguments: [1, 2, 7, 8, 9, 63, 64, 65, 127, 128, 129, 300])
  func everyNumberOfSamples(_ count: Int) throws {
    let (loss, x) = GaussianMixture.workload(dimension: 2, components: 5, points: count)
    var a: [Double] = []
    var b: [Double] = []
    let value = try CompiledDifferentiator().gradient(of: loss.erased, at: x, into: &a)
    let expected = try ReplayTests.tape.gradient(of: loss.erased, at: x, into: &b)
    #expect(isClose(value, expected, expected.magnitude))
    let scale = b.map(\.magnitude).max() ?? 0
    #expect(zip(a, b).allSatisfy { isClose($0, $1, scale) })
  }
}
