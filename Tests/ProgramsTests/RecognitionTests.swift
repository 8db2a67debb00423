// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import DifferentiableScalars
import DifferentiationCore
import Programs
import ReverseMode
import Testing
import Workloads

/// Layers that somebody wrote out neuron by neuron: as matrices where they are some, and else as they were.
struct RecognitionTests {
  /// A layer of `rows` sums over `columns` inputs in some order of the parameters.
  enum Layout: CaseIterable, Sendable {
    /// The bias behind each row: micrograd's order.
    case biasBehindRow
    /// The bias before each row.
    case biasBeforeRow
    /// All weights, then all biases.
    case biasesLast
    /// The weights of one input after another.
    case byColumns
    /// The rows from the last to the first, each backwards, the inputs too.
    case backwards
    /// Rows of two matrices by turns, for inputs and their squares.
    case twoMatrices
    /// Two matrices one after the other, both in one sum.
    case sumOfTwo
    /// No bias.
    case noBias
    /// One row twice.
    case repeated
    /// A layer that is applied to its own result: one matrix, used twice.
    case recurrent

    // No matrices, though nearly.

    /// Each row begins one parameter further: a convolution.
    case overlapping
    /// Distances between rows that grow.
    case growing
    /// Each row has its inputs in another order.
    case rotated
    /// Every fourth weight of a row is another row's: no four are evenly spaced.
    case exchanged
    /// The weights are squared first.
    case squared

    /// The number of matrices that are found.
    var matrices: Int {
      switch self {
      case .overlapping, .growing, .rotated, .exchanged, .squared: 0
      case .twoMatrices, .sumOfTwo: 2
      default: 1
      }
    }
  }

  struct Layer: SampleTerm {
    let layout: Layout
    let rows = 16
    let columns = 16
    static let parameterCount = 620

    func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
      let x = Array(sample.prefix(columns))
      func w(_ i: Int) -> S { p[p.startIndex + i] }
      func row(_ first: Int, _ distance: Int, _ x: [S], plus bias: S? = nil) -> S {
        var sum = bias ?? w(first) * x[0]
        for k in (bias == nil ? 1 : 0)..<columns { sum += w(first + k * distance) * x[k] }
        return sum
      }
      var y: [S] = []
      for i in 0..<rows {
        switch layout {
        case .biasBehindRow: y.append(row(i * 17, 1, x, plus: w(i * 17 + 16)))
        case .biasBeforeRow: y.append(row(i * 17 + 1, 1, x, plus: w(i * 17)))
        case .biasesLast, .recurrent: y.append(row(i * 16, 1, x, plus: w(256 + i)))
        case .byColumns: y.append(row(i, 16, x, plus: w(256 + i)))
        case .backwards: y.append(row(255 - i * 16, -1, x.reversed(), plus: w(256 + i)))
        case .twoMatrices: y.append(row(i * 32, 1, x) * row(i * 32 + 16, 1, x.map { $0 * $0 }))
        case .sumOfTwo: y.append(row(300 + i * 17, 1, x.map { S.tanh($0) }, plus: row(i * 16, 1, x, plus: w(600 + i))))
        case .noBias: y.append(row(i * 16, 1, x))
        case .repeated: y.append(row((i == 3 ? 2 : i) * 16, 1, x, plus: w(256 + i)))
        case .overlapping: y.append(row(i, 1, x, plus: w(256 + i)))
        case .growing: y.append(row(i * 16 + i * i, 1, x, plus: w(600 + i)))
        case .rotated: y.append(row(i * 16, 1, Array(x[i...] + x[..<i]), plus: w(600 + i)))
        case .exchanged:
          var sum = w(600 + i)
          for k in 0..<columns { sum += w(k % 4 == 3 ? (i + 5) % 16 * 16 + (i * 3 + k) % 7 : i * 16 + k) * x[k] }
          y.append(sum)
        case .squared:
          var sum = w(600 + i)
          for k in 0..<columns { sum += w(i * 16 + k) * w(i * 16 + k) * x[k] }
          y.append(sum)
        }
      }
      y = y.map { S.tanh(0.3 * $0) }
      if layout == .recurrent { y = (0..<rows).map { S.sigmoid(row($0 * 16, 1, y, plus: w(256 + $0))) } }
      var sum: S = 0
      for i in 0..<rows { sum += S(0.1 * Double(i + 1)) * y[i] }
      let difference = sum - sample[sample.endIndex - 1]
      return difference * difference
    }
  }

  static func problem(_ layout: Layout, _ count: Int) -> (loss: SampleSum, x: [Double]) {
    let x = (0..<Layer.parameterCount).map { 0.4 * Double.sin(1.7 * Double($0) + 0.3) }
    let numbers = (0..<(count * 17)).map { Double.cos(0.9 * Double($0)) }
    return (
      SampleSum(Layer(layout: layout), samples: SampleRows(numbers, width: 17, count: count), weight: 0.5), x
    )
  }

  @Test(arguments: Layout.allCases)
  func matricesAreFoundWhereTheyAre(_ layout: Layout) throws {
    let (loss, x) = Self.problem(layout, 1)
    let program = try Program.recording(parameters: x, data: loss.samples.row(0)) { p, d in
      [try loss.term(parameters: p[...], sample: d[...])]
    }
    #expect(program.matrices.isEmpty)
    let runner = try PanelRunner(program)
    #expect(runner.matrixCount == layout.matrices, "\(layout)")
  }

  @Test(arguments: Layout.allCases, InstructionSet.available)
  func sumsAreTheTapes(_ layout: Layout, _ set: InstructionSet) throws {
    for count in [1, 9, 75, 200] {
      let (loss, x) = Self.problem(layout, count)
      let compiled = CompiledDifferentiator(instructionSet: set)
      var expected: [Double] = []
      let value = try ReplayTests.tape.gradient(of: loss.erased, at: x, into: &expected)
      var g: [Double] = []
      let replayed = try compiled.gradient(of: loss.erased, at: x, into: &g)
      #expect((replayed - value).magnitude <= 1e-12 * value.magnitude)
      #expect(LayerTests.agrees(g, expected), "\(layout), \(count) samples on \(set)")
      #expect(compiled.statistics.replays == 1 && compiled.statistics.samplesByTape == 0)
    }
  }

  @Test(arguments: Layout.allCases)
  func threadsDoNotChangeABit(_ layout: Layout) throws {
    for count in [300, 1700] {
      let (loss, x) = Self.problem(layout, count)
      var results: [[Double]] = []
      for threads in [1, 2, 8] {
        var g: [Double] = []
        let value = try CompiledDifferentiator(threads: threads).gradient(of: loss.erased, at: x, into: &g)
        results.append([value] + g)
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(layout), \(count) samples")
    }
  }

  /// Of many samples some are compared with a plain evaluation at later calls: what changes then is found out.
  @Test func hiddenStateOfASumIsFoundOutOnSomeSamples() throws {
    final class Counter: @unchecked Sendable { var factor = 1.0 }
    struct Drifting: SampleTerm {
      let counter: Counter
      func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        S(counter.factor) * p[p.startIndex] * sample[sample.startIndex]
      }
    }
    let counter = Counter()
    let samples = SampleRows((0..<10_000).map { 1 + Double($0 % 7) }, width: 1, count: 10_000)
    let f = SampleSum(Drifting(counter: counter), samples: samples, weight: 1).erased
    let compiled = CompiledDifferentiator()
    var g: [Double] = []
    _ = try compiled.gradient(of: f, at: [2], into: &g)
    #expect(compiled.statistics.fallbacks == 0)
    let before = g[0]
    counter.factor = 3
    // The second call is checked.
    _ = try compiled.gradient(of: f, at: [2], into: &g)
    #expect(compiled.statistics.fallbacks == 1 && (g[0] - 3 * before).magnitude <= 1e-9 * g[0])
  }
}
