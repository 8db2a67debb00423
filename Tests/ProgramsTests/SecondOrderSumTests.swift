// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Programs
import ReverseMode
import Testing
import Workloads

/// Hessian-vector products and Hessians of sums over samples, by panels: against the tape's.
struct SecondOrderSumTests {
  static func product(_ method: some Differentiator, _ f: SampleSum, _ x: [Double], _ v: [Double]) throws -> [Double] {
    try method.hessianVectorProduct(of: TargetFunction(f), at: x, along: v).gradient
  }

  static func direction(_ count: Int) -> [Double] { (0..<count).map { Double.cos(1.3 * Double($0)) } }

  @Test(arguments: InstructionSet.available)
  func productsOfTheBenchmarksSums(_ set: InstructionSet) throws {
    let problems = [Moons.workload(), GaussianMixture.workload(dimension: 2, components: 5, points: 150)]
    for (loss, x) in problems {
      let compiled = CompiledDifferentiator(instructionSet: set)
      let v = Self.direction(x.count)
      let expected = try Self.product(ReplayTests.tape, loss, x, v)
      for _ in 0..<3 {
        #expect(LayerTests.agrees(try Self.product(compiled, loss, x, v), expected))
      }
      #expect(compiled.statistics.replays == 3 && compiled.statistics.fallbacks == 0)
      #expect(compiled.statistics.samplesByTape == 0)
    }
  }

  /// 1000 programs with branches, each sample on its own.
  @Test func productsOfRandomPrograms() throws {
    var replays = 0
    for seed in 0..<1000 as Range<UInt64> {
      let f = BranchingProgram(seed: seed)
      let x = f.numbers(f.parameterCount, stream: 1)
      let v = f.numbers(f.parameterCount, stream: 4)
      let samples = SampleRows(f.numbers(11 * f.dataCount, stream: 2), width: f.dataCount, count: 11)
      let sum = SampleSum(f, samples: samples, weight: 0.5)
      let compiled = CompiledDifferentiator()
      let expected = try Self.product(ReplayTests.tape, sum, x, v)
      let scale = expected.map(\.magnitude).max() ?? 0
      let found = try Self.product(compiled, sum, x, v)
      #expect(zip(found, expected).allSatisfy { isClose($0, $1, scale) }, "\(f): \(found), tape \(expected)")
      replays += compiled.statistics.replays
    }
    // Otherwise this would test the tape.
    #expect(replays > 980)
  }

  @Test func threadsDoNotChangeABit() throws {
    let (loss, x) = GaussianMixture.workload(dimension: 10, components: 5, points: 777)
    let v = Self.direction(x.count)
    let results = try [1, 2, 8].map { try Self.product(CompiledDifferentiator(threads: $0), loss, x, v) }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  /// Layers are matrices here, too.
  @Test func productsOfLayers() throws {
    for twist in [LayerTests.Network.Twist.plain, .shared, .branching, .penalised] {
      let (loss, x, _) = LayerTests.problem(twist, inputs: 12, hidden: 14, samples: 40)
      let v = Self.direction(x.count)
      let compiled = CompiledDifferentiator()
      let expected = try Self.product(ReplayTests.tape, loss, x, v)
      #expect(LayerTests.agrees(try Self.product(compiled, loss, x, v), expected), "\(twist)")
      #expect(compiled.statistics.fallbacks == 0)
    }
  }

  /// Many samples, few parameters: column by column, and no recording of the whole sum.
  @Test func hessiansOfManySamples() throws {
    let (loss, x) = GaussianMixture.workload(dimension: 2, components: 2, points: 600)
    let compiled = CompiledDifferentiator()
    let rows = try compiled.hessian(of: TargetFunction(loss), at: x).rows
    let expected = try ReplayTests.tape.hessian(of: TargetFunction(loss), at: x).rows
    #expect(zip(rows, expected).allSatisfy { LayerTests.agrees($0, $1) })
    #expect(try compiled.sparseHessian(of: loss.erased, at: x) == nil)
    #expect(compiled.statistics.replays == x.count && compiled.statistics.fallbacks == 0)
  }

  @Test func hiddenStateIsFoundOut() throws {
    final class Counter: @unchecked Sendable { var factor = 1.0 }
    struct Drifting: SampleTerm {
      let counter: Counter
      func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        S(counter.factor) * p[p.startIndex] * p[p.startIndex] * sample[sample.startIndex]
      }
    }
    let counter = Counter()
    let samples = SampleRows([1, 2, 3], width: 1, count: 3)
    let sum = SampleSum(Drifting(counter: counter), samples: samples, weight: 1)
    let f = TargetFunction(sum)
    let compiled = CompiledDifferentiator()
    #expect(try compiled.hessianVectorProduct(of: f, at: [2], along: [1]).gradient == [12])
    counter.factor = 3
    #expect(try compiled.hessianVectorProduct(of: f, at: [2], along: [1]).gradient == [36])
    #expect(compiled.statistics.fallbacks == 1)
  }
}
