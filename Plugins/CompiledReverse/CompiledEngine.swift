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
  private let fields = RecentlyUsed<FieldProgram>(limit: 16)
  private let sums = RecentlyUsed<SumPrograms>(limit: 16)
  private let vectors = RecentlyUsed<VectorProgram>(limit: 16)

  init(threads: Int, instructionSet: InstructionSet) {
    self.threads = threads
    self.instructionSet = instructionSet
  }

  var statistics: CompiledStatistics { counters.withLock { $0 } }

  func count(_ change: (inout CompiledStatistics) -> Void) { counters.withLock { change(&$0) } }

  // MARK: Scalar functions

  func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let value: Double?
    if let sum = f.base as? any SumOverSamples {
      value = try self.gradient(ofSum: sum, f, at: x, into: &gradient)
    } else {
      let program = fields.element(for: f.identity, keeping: f) { FieldProgram(engine: self) }
      value = try program.gradient(of: f, at: x, into: &gradient)
    }
    if let value, value.isFinite, gradient.allSatisfy(\.isFinite) {
      count { $0.replays += 1 }
      return value
    }
    // What is not finite is the tape's to say: there 0 · ∞ is 0, as it is in all methods.
    count { $0.fallbacks += 1 }
    return try tape.gradient(of: f, at: x, into: &gradient)
  }

  private func gradient(
    ofSum sum: any SumOverSamples, _ f: AnyScalarField, at x: [Double], into gradient: inout [Double]
  ) throws -> Double? {
    let term = sum.term
    let programs = sums.element(for: term.identity, keeping: term) { SumPrograms(term: term, engine: self) }
    var total = Array(repeating: 0.0, count: x.count)
    let value = try sum.withSamples { samples, weight in
      try programs.gradient(at: x, samples: samples, weight: weight, into: &total)
    }
    guard var value else { return nil }
    if let remainder = sum.remainder {
      let program = fields.element(for: remainder.identity, keeping: remainder) { FieldProgram(engine: self) }
      var rest: [Double] = []
      guard let more = try program.gradient(of: remainder, at: x, into: &rest) else { return nil }
      value += more
      for i in total.indices { total[i] += rest[i] }
    }
    if programs.isDue(), try disagree(value, f(x)) { return nil }
    gradient = total
    return value
  }

  // MARK: Vector functions

  func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]]) {
    let program = vectors.element(for: f.identity, keeping: f) { VectorProgram(engine: self) }
    if let result = try program.pull(f, at: x, cotangents: cotangents),
      (result.value + result.rows.joined()).allSatisfy(\.isFinite)
    {
      count { $0.replays += 1 }
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
      count { $0.replays += 1 }
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
  private var calls = 0

  mutating func isDue() -> Bool {
    calls += 1
    return calls & (calls - 1) == 0
  }
}

/// The last few things that were made, by the identity of what they were made for.
final class RecentlyUsed<Element: Sendable>: Sendable {
  private struct Entry {
    let key: ObjectIdentifier
    /// Keeps the identity from being given to something else.
    let owner: any Sendable
    let element: Element
  }

  private let entries = Mutex<[Entry]>([])
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func element(for key: ObjectIdentifier, keeping owner: some Sendable, make: () -> Element) -> Element {
    entries.withLock { entries in
      if let last = entries.last, last.key == key { return last.element }
      if let position = entries.firstIndex(where: { $0.key == key }) {
        let entry = entries.remove(at: position)
        entries.append(entry)
        return entry.element
      }
      if entries.count == limit { entries.removeFirst() }
      let entry = Entry(key: key, owner: owner, element: make())
      entries.append(entry)
      return entry.element
    }
  }
}
