// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Foundation
import Programs
import ReverseMode
import Testing
import Workloads

/// Dense layers as matrix products: against the tape, on every instruction set, for every number of threads, and as values.
struct LayerTests {
  /// A network whose layers are large enough to be matrix products, with what can go wrong around them.
  struct Network: SampleTerm {
    enum Twist: CaseIterable, Sendable {
      case plain
      /// The second layer's weights are used twice.
      case shared
      /// Some outputs are not used.
      case partial
      /// The code decides by an output.
      case branching
      /// The weights are penalised in the sample's term too.
      case penalised
      /// No bias, and an input that is a constant.
      case constants
      /// The inputs' order is not the data's.
      case reversed
    }

    let inputs: Int
    let hidden: Int
    let twist: Twist

    var parameterCount: Int { (inputs + 1) * hidden + (hidden + 1) * hidden + hidden }

    func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      var position = p.startIndex
      func take(_ count: Int) -> ArraySlice<S> {
        position += count
        return p[(position - count)..<position]
      }
      var x = Array(sample[sample.startIndex..<(sample.startIndex + inputs)])
      if twist == .reversed { x.reverse() }
      if twist == .constants { x[3] = 0.5 }
      let first = take(inputs * hidden)
      let firstBias = take(hidden)
      var h = S.affine(
        weights: first, bias: twist == .constants ? Array(repeating: 0, count: hidden)[...] : firstBias, input: x[...]
      ).map { S.tanh($0) }
      let second = take(hidden * hidden)
      let bias = take(hidden)
      h = S.affine(weights: second, bias: bias, input: h[...]).map { S.relu($0) }
      if twist == .shared { h = S.affine(weights: second, bias: bias, input: h[...]).map { S.sigmoid($0) } }
      let last = take(hidden)
      var y = twist == .partial ? h[2] * last[last.startIndex] + h[hidden - 1] : S.dot(last, h[...])
      if twist == .branching, y < 0 { y = y * y }
      if twist == .penalised { y += 0.01 * S.dot(second, second) }
      let difference = y - sample[sample.endIndex - 1]
      return difference * difference
    }
  }

  static func problem(
    _ twist: Network.Twist, inputs: Int = 23, hidden: Int = 27, samples count: Int = 75
  ) -> (loss: SampleSum, x: [Double], program: () throws -> Program) {
    let network = Network(inputs: inputs, hidden: hidden, twist: twist)
    let x = (0..<network.parameterCount).map { 0.4 * Double.sin(1.7 * Double($0) + 0.3) }
    let numbers = (0..<(count * (inputs + 1))).map { Double.cos(0.9 * Double($0)) }
    let rows = SampleRows(numbers, width: inputs + 1, count: count)
    return (
      SampleSum(network, samples: rows, weight: 1 / Double(count)), x,
      {
        try Program.recording(parameters: x, data: rows.row(0)) { p, d in
          [network(parameters: p[...], sample: d[...])]
        }
      }
    )
  }

  static func agrees(_ a: [Double], _ b: [Double]) -> Bool {
    let scale = b.map(\.magnitude).max() ?? 0
    return a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-12 * scale }
  }

  @Test(arguments: Network.Twist.allCases, InstructionSet.available)
  func sumsOverSamplesAreTheTapes(_ twist: Network.Twist, _ set: InstructionSet) throws {
    for count in [1, 8, 33, 75, 200] {
      let (loss, x, _) = Self.problem(twist, samples: count)
      let compiled = CompiledDifferentiator(instructionSet: set)
      var expected: [Double] = []
      let value = try ReplayTests.tape.gradient(of: loss.erased, at: x, into: &expected)
      for _ in 0..<3 {
        var g: [Double] = []
        let replayed = try compiled.gradient(of: loss.erased, at: x, into: &g)
        #expect((replayed - value).magnitude <= 1e-12 * value.magnitude)
        #expect(Self.agrees(g, expected), "\(twist), \(count) samples on \(set)")
      }
      #expect(compiled.statistics.replays == 3 && compiled.statistics.fallbacks == 0)
      #expect(compiled.statistics.samplesByTape == 0)
    }
  }

  @Test func threadsDoNotChangeABit() throws {
    // More panels than blocks, one panel a block, and one panel.
    for (count, twist) in zip(
      [1500, 300, 40, 300, 40], [.shared, .shared, .shared, .plain, .plain] as [Network.Twist])
    {
      let (loss, x, _) = Self.problem(twist, samples: count)
      var results: [[Double]] = []
      for threads in [1, 2, 8] {
        let compiled = CompiledDifferentiator(threads: threads)
        for _ in 0..<3 {
          var g: [Double] = []
          let value = try compiled.gradient(of: loss.erased, at: x, into: &g)
          results.append([value] + g)
        }
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(count) samples")
    }
  }

  /// Batches by positions load the samples that are named.
  @Test func positionsChooseTheSamples() throws {
    let (loss, x, program) = Self.problem(.plain)
    let runner = try PanelRunner(program())
    let chosen = (0..<50).map { $0 * 31 % 75 }
    var a = x.map { _ in 0.0 }
    var b = a
    let first = runner(parameters: x, samples: loss.samples, at: chosen[...], weight: 2, adding: &a)
    let second = runner(parameters: x, samples: loss.samples.selecting(chosen), weight: 2, adding: &b)
    #expect(first == second && a == b)
  }

  /// New numbers in the same array are seen: a panel is loaded again.
  @Test func samplesThatChangeAreLoadedAgain() throws {
    var (loss, x, program) = Self.problem(.plain, samples: 9)
    let runner = try PanelRunner(program())
    var samples = loss.samples
    for change in 0..<3 {
      samples.blocks[0].numbers[5] = Double(change)
      var g = x.map { _ in 0.0 }
      let value = runner(parameters: x, samples: samples, weight: 1, adding: &g)
      loss = SampleSum(loss.term, samples: samples, weight: 1)
      let expected = try loss.erased(x)
      #expect((try #require(value) - expected).magnitude <= 1e-12 * expected.magnitude)
    }
  }

  @Test func aLayerIsOneOperationAndARowEach() throws {
    let (_, _, program) = Self.problem(.plain)
    let recorded = try program()
    #expect(recorded.matrices.count == 2 && recorded.matrices[1].rows == 27)
    #expect(recorded.size < 27 * 4 + 20)
    #expect(try recorded.optimized().matrices == recorded.matrices)
    #expect(recorded.description.contains("W[0; 27×23] ("))
    let expanded = recorded.expandingLayers()
    #expect(expanded.matrices.isEmpty && expanded.operands.count > 27 * 23)
  }

  @Test(arguments: Network.Twist.allCases)
  func sweepsAreTheExpandedPrograms(_ twist: Network.Twist) throws {
    let (loss, x, program) = Self.problem(twist)
    let recorded = try program()
    let d = loss.samples.row(0)
    let expanded = recorded.expandingLayers()
    #expect(Self.agrees(recorded(parameters: x, data: d), expanded(parameters: x, data: d)))
    let gradient = recorded.adjoints(
      seeds: [1.0], values: recorded.evaluate(parameters: x, data: d), parameters: x)
    let expected = expanded.adjoints(seeds: [1.0], values: expanded.evaluate(parameters: x, data: d))
    #expect(Self.agrees(gradient, expected))
    let pulled = try #require(ProgramRunner(try recorded.pullback().optimized())(parameters: x, data: d + [1]))
    #expect(Self.agrees(Array(pulled[1...]), expected))
    // Hessian-vector products against a difference of gradients.
    let v = x.indices.map { Double.cos(Double($0)) }
    let product = try #require(ProgramRunner(try recorded.hessianVectorProduct())(parameters: x, data: d + v))
    let ends = [1e-5, -1e-5].map { h -> [Double] in
      let y = zip(x, v).map { $0 + h * $1 }
      return recorded.adjoints(seeds: [1.0], values: recorded.evaluate(parameters: y, data: d), parameters: y)
    }
    let difference = zip(ends[0], ends[1]).map { ($0 - $1) / 2e-5 }
    let scale = difference.map(\.magnitude).max() ?? 0
    #expect(zip(product[(1 + x.count)...], difference).allSatisfy { ($0 - $1).magnitude <= 1e-6 * scale })
  }

  @Test func programsWithLayersAreStoredAndRead() throws {
    let (_, _, program) = Self.problem(.shared)
    let recorded = try program()
    let data = try JSONEncoder().encode(recorded)
    #expect(try JSONDecoder().decode(Program.self, from: data) == recorded)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    func read(_ change: (inout [String: Any]) -> Void) throws -> Program {
      var changed = json
      change(&changed)
      return try JSONDecoder().decode(Program.self, from: JSONSerialization.data(withJSONObject: changed))
    }
    #expect(throws: ProgramError.self) {
      try read { $0["matrices"] = [["first": 0, "rows": 1_000_000, "columns": 1_000_000]] }
    }
    #expect(throws: ProgramError.self) { try read { $0["matrices"] = [[String: Int]]() } }
    #expect(throws: ProgramError.self) {
      try read { $0["outputs"] = [recorded.operations.firstIndex { $0.opcode == .layer } ?? 0] }
    }
    // What the version before wrote has no matrices.
    let (small, _, _) = try SweepTests.whole(7)
    var old = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(small)) as? [String: Any])
    old["formatVersion"] = 1
    old["matrices"] = nil
    #expect(try JSONDecoder().decode(Program.self, from: JSONSerialization.data(withJSONObject: old)) == small)
  }

  @Test func wholeFunctionsWithLayersAreReplayed() throws {
    struct Whole: ScalarField {
      let loss: SampleSum
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { try loss(x) }
    }
    let (loss, x, _) = Self.problem(.plain, samples: 3)
    let compiled = CompiledDifferentiator()
    var g: [Double] = []
    var expected: [Double] = []
    let f = Whole(loss: loss).erased
    for _ in 0..<2 { _ = try compiled.gradient(of: f, at: x, into: &g) }
    _ = try ReplayTests.tape.gradient(of: f, at: x, into: &expected)
    #expect(Self.agrees(g, expected) && compiled.statistics.replays == 2)
  }

  /// The benchmark's network, on the inputs whose loss is known.
  @Test func theBenchmarksNetwork() throws {
    let (loss, x) = DenseNetwork.workload(widths: [784, 128, 10], batch: 64)
    let compiled = CompiledDifferentiator()
    var g: [Double] = []
    var expected: [Double] = []
    let value = try compiled.gradient(of: loss.erased, at: x, into: &g)
    #expect((value - 2.310788361).magnitude <= 1e-9)
    _ = try ReplayTests.tape.gradient(of: loss.erased, at: x, into: &expected)
    #expect(Self.agrees(g, expected) && compiled.statistics.fallbacks == 0)
  }
}
