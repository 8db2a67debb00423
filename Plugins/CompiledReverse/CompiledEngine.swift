// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

/// How often each way to a derivative was taken.
public struct CompiledStatistics: Sendable, Equatable {
  /// Functions, samples or branches that were recorded.
  public var recordings = 0
  /// Derivatives by replaying a recording.
  public var replays = 0
  /// Derivatives by the one-shot tape.
  public var fallbacks = 0
  /// Samples of sums that the one-shot tape took, one by one.
  public var samplesByTape = 0
}

/// The programs of a `CompiledDifferentiator`, and the choice between them and the tape.
final class CompiledEngine: Sendable {
  let threads: Int
  let instructionSet: InstructionSet
  let tape = OneShotTape(method: "compiled")
  private let counters = Mutex(CompiledStatistics())
  /// Replays are counted apart: they are what happens again and again.
  private let replays = Atomic<Int>(0)
  private let ways = RecentlyUsed<Way>(limit: 512)
  private let remainders = RecentlyUsed<FieldProgram>(limit: 16)
  private let sums = RecentlyUsed<SumPrograms>(limit: 16)
  private let seconds = RecentlyUsed<SecondOrderProgram>(limit: 16)
  /// For each sample's term, its derivative along a direction.
  let directionalTerms = RecentlyUsed<AnySampleTerm>(limit: 16)
  private let maps = RecentlyUsed<JacobianProgram>(limit: 16)
  private let vectors = RecentlyUsed<VectorProgram>(limit: 16)

  /// How a scalar function is differentiated.
  private enum Way: Sendable {
    /// Recorded whole.
    case whole(FieldProgram)
    /// Sample by sample, and what is left.
    case sum(SumParts)
  }

  /// A sum over samples, with the programs of its term and of what is left.
  private final class SumParts: Sendable {
    let sum: any SumOverSamples
    let programs: SumPrograms
    let rest: (AnyScalarField, FieldProgram)?

    init(_ sum: any SumOverSamples, _ programs: SumPrograms, _ rest: (AnyScalarField, FieldProgram)?) {
      self.sum = sum
      self.programs = programs
      self.rest = rest
    }
  }

  init(threads: Int, instructionSet: InstructionSet) {
    self.threads = threads
    self.instructionSet = instructionSet
  }

  var statistics: CompiledStatistics {
    var statistics = counters.withLock { $0 }
    statistics.replays += replays.load(ordering: .relaxed)
    return statistics
  }

  func count(_ change: (inout CompiledStatistics) -> Void) { counters.withLock { change(&$0) } }

  /// The recording of a function; nil where it cannot be recorded, and is the tape's.
  func recording(
    parameters: [Double], data: [Double] = [], _ body: ([Traced], [Traced]) throws -> [Traced]
  ) throws -> Program? {
    do {
      let program = try Program.recording(parameters: parameters, data: data, limit: Self.recordingLimit, body)
      count { $0.recordings += 1 }
      return program
    } catch is RecordingObstacle {
      return nil
    }
  }

  /// The largest number of operations that a function is recorded with.
  static let recordingLimit = 1 << 24

  // MARK: Scalar functions

  func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let way = ways.element(for: f.identity, keeping: f) { self.makeWay(for: f) }
    let value: Double?
    switch way {
    case .whole(let program): value = try program.gradient(of: f, at: x, into: &gradient)
    case .sum(let parts): value = try self.gradient(of: f, parts, at: x, into: &gradient)
    }
    if let value, value.isFinite, allFinite(gradient) {
      replays.wrappingAdd(1, ordering: .relaxed)
      return value
    }
    // What is not finite is the tape's to say: there 0 · ∞ is 0, as it is in all methods.
    count { $0.fallbacks += 1 }
    return try tape.gradient(of: f, at: x, into: &gradient)
  }

  /// A finite number times 0 is 0; only an infinite or undefined one leaves NaN.
  func allFinite(_ numbers: [Double]) -> Bool {
    var sum = 0.0
    for number in numbers { sum += number * 0 }
    return sum == 0
  }

  private func makeWay(for f: AnyScalarField) -> Way {
    guard let sum = f.base as? any SumOverSamples else { return .whole(FieldProgram(engine: self)) }
    let programs = sumPrograms(for: sum.term)
    let rest = sum.remainder.map { remainder in
      (remainder, remainders.element(for: remainder.identity, keeping: remainder) { FieldProgram(engine: self) })
    }
    return .sum(SumParts(sum, programs, rest))
  }

  /// The programs of a sample's term.
  func sumPrograms(for term: AnySampleTerm) -> SumPrograms {
    sums.element(for: term.identity, keeping: term) { SumPrograms(term: term, engine: self) }
  }

  /// The program of a vector function's values and Jacobians.
  func map(of f: AnyVectorFunction, variables: Int) -> JacobianProgram {
    let known = maps.element(for: f.identity, keeping: f) { JacobianProgram(variables: variables) }
    return known.variables == variables ? known : JacobianProgram(variables: variables)
  }

  /// Counts derivatives by replaying.
  func countReplays(_ number: Int) { replays.wrappingAdd(number, ordering: .relaxed) }

  private func gradient(
    of f: AnyScalarField, _ parts: SumParts, at x: [Double], into gradient: inout [Double]
  ) throws -> Double? {
    var value = 0.0
    if let (remainder, program) = parts.rest {
      guard let more = try program.gradient(of: remainder, at: x, into: &gradient) else { return nil }
      value = more
    } else if gradient.count == x.count {
      for i in gradient.indices { gradient[i] = 0 }
    } else {
      gradient = Array(repeating: 0, count: x.count)
    }
    let programs = parts.programs
    var isDue = false
    let part = try parts.sum.withSamples { samples, positions, weight in
      try programs.gradient(
        at: x, samples: samples, positions: positions, weight: weight, adding: &gradient, isDue: &isDue)
    }
    guard let part else { return nil }
    value += part
    if isDue {
      let few = try parts.sum.withSamples { samples, positions, _ in
        try programs.checkOnFew(at: x, samples: samples, positions: positions)
      }
      if try !(few ?? !disagree(value, f(x))) { return nil }
    }
    return value
  }

  // MARK: Second derivatives

  func hessianVectorProduct(
    of f: AnyScalarField, at x: [Double], along v: [Double], otherwise vectorFunction: () throws -> AnyVectorFunction
  ) throws -> [Double] {
    let row: [Double]?
    if let sum = f.base as? any SumOverSamples {
      row = try hessianVectorProduct(of: sum, at: x, along: v)
    } else {
      let product = try secondOrderProgram(for: f).product(f, at: x, along: v)
      row = product.flatMap { $0.value.isFinite ? $0.row : nil }
    }
    if let row, allFinite(row) {
      replays.wrappingAdd(1, ordering: .relaxed)
      return row
    }
    count { $0.fallbacks += 1 }
    return try tape.pullTangent(vectorFunction(), at: x, along: v).row
  }

  /// A function's programs for second derivatives.
  func secondOrderProgram(for f: AnyScalarField) -> SecondOrderProgram {
    seconds.element(for: f.identity, keeping: f) { SecondOrderProgram(engine: self) }
  }

  /// A sum over more samples than this, of at most so many parameters, has its Hessian column by column, in panels:
  /// recorded as a whole it would grow with the samples.
  private static let wholeHessianLimit = 256

  func hessian(of f: AnyScalarField, at x: [Double]) throws -> (value: Double, matrix: SparseMatrix)? {
    if x.count <= Self.wholeHessianLimit, let sum = f.base as? any SumOverSamples,
      sum.withSamples({ samples, positions, _ in positions?.count ?? samples.count }) > Self.wholeHessianLimit
    {
      return nil
    }
    guard let (value, matrix) = try secondOrderProgram(for: f).hessian(f, at: x), value.isFinite,
      allFinite(matrix.entries)
    else { return nil }
    replays.wrappingAdd(1, ordering: .relaxed)
    return (value, matrix)
  }

  // MARK: Vector functions

  func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]]) {
    let program = vectors.element(for: f.identity, keeping: f) { VectorProgram(engine: self) }
    if let result = try program.pull(f, at: x, cotangents: cotangents),
      (result.value + result.rows.joined()).allSatisfy(\.isFinite)
    {
      replays.wrappingAdd(1, ordering: .relaxed)
      return result
    }
    count { $0.fallbacks += 1 }
    return try tape.pull(f, at: x, cotangents: cotangents)
  }

  func pullTangent(
    _ f: AnyVectorFunction, at x: [Double], along v: [Double]
  ) throws -> (value: [Double], row: [Double]) {
    let program = vectors.element(for: f.identity, keeping: f) { VectorProgram(engine: self) }
    if let result = try program.pullTangent(f, at: x, along: v), (result.value + result.row).allSatisfy(\.isFinite) {
      replays.wrappingAdd(1, ordering: .relaxed)
      return result
    }
    count { $0.fallbacks += 1 }
    return try tape.pullTangent(f, at: x, along: v)
  }

  /// Whether two values of one function differ by more than roundoff can explain.
  func disagree(_ a: Double, _ b: Double) -> Bool {
    !((a - b).magnitude <= 1e-8 * max(a.magnitude, b.magnitude, 1e-300))
  }
}

/// Counts calls and says at the first, second, fourth, eighth … that the value is to be checked.
struct CheckSchedule {
  /// The calls so far.
  private(set) var calls = 0

  mutating func isDue() -> Bool {
    calls += 1
    return calls & (calls - 1) == 0
  }

  /// Counts the calls up to the next check, and at most so many; gives their number.
  mutating func skip(atMost limit: Int) -> Int {
    let due = 1 << (Int.bitWidth - calls.leadingZeroBitCount)
    let skipped = min(limit, due - 1 - calls)
    calls += skipped
    return skipped
  }
}

/// The things that were made last, by the identity of what they were made for.
final class RecentlyUsed<Element: Sendable>: Sendable {
  private struct Entry {
    /// Keeps the identity from being given to something else.
    let owner: any Sendable
    let element: Element
    var lastUse: Int
  }

  private struct State {
    var entries: [ObjectIdentifier: Entry] = [:]
    var uses = 0
    /// The one that was asked for last: the common case in a loop.
    var last: (key: ObjectIdentifier, element: Element)?
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func element(for key: ObjectIdentifier, keeping owner: some Sendable, make: () -> Element) -> Element {
    state.withLock { state in
      if let last = state.last, last.key == key { return last.element }
      state.uses += 1
      if let position = state.entries.index(forKey: key) {
        state.entries.values[position].lastUse = state.uses
        let element = state.entries.values[position].element
        state.last = (key, element)
        return element
      }
      if state.entries.count == limit, let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        state.entries[oldest.key] = nil
      }
      let element = make()
      state.entries[key] = Entry(owner: owner, element: element, lastUse: state.uses)
      state.last = (key, element)
      return element
    }
  }
}
