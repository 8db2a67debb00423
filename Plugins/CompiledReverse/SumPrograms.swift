// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

/// The recorded branches of a sample's term, each replayed over the samples that take it.
final class SumPrograms: Sendable {
  private struct State {
    var branches: [PanelRunner] = []
    var isHopeless = false
    var checks = CheckSchedule()
    /// The recording that is run sample by sample, the numbers of parameters and data that it is for, and whether there
    /// can be none.
    var descent: (steps: SampleDescent, parameters: Int, data: Int)?
    var hasNoDescent = false
    var stepChecks = CheckSchedule()
  }

  private let state = Mutex(State())
  let term: AnySampleTerm
  private unowned let engine: CompiledEngine

  init(term: AnySampleTerm, engine: CompiledEngine) {
    self.term = term
    self.engine = engine
  }

  /// The only branch, where it serves every sample: the common case, for which one look is enough.
  ///
  /// - Parameter isDue: set to whether the value is to be checked against a plain evaluation.
  private func onlyBranch(_ parameterCount: Int, _ width: Int, isDue: inout Bool) -> PanelRunner? {
    state.withLock { state in
      isDue = state.checks.isDue()
      return onlyBranch(parameterCount, width, state)
    }
  }

  private func onlyBranch(_ parameterCount: Int, _ width: Int, _ state: State) -> PanelRunner? {
    guard state.branches.count == 1, !state.isHopeless, !state.branches[0].hasSampleGuards,
      state.branches[0].program.parameterCount == parameterCount, state.branches[0].program.dataCount == width
    else { return nil }
    return state.branches[0]
  }

  /// The only branch, and how many of the coming calls, at most so many, need no check; these are counted. Nil where
  /// there is more than one branch, or none.
  func unchecked(_ parameterCount: Int, _ width: Int, atMost limit: Int) -> (branch: PanelRunner, calls: Int)? {
    state.withLock { state in
      guard let branch = onlyBranch(parameterCount, width, state) else { return nil }
      return (branch, state.checks.skip(atMost: limit))
    }
  }

  /// A sum over more samples than this is compared with a plain evaluation whole at first, and later on some of them.
  private static let checkLimit = 2048

  /// Whether the recordings agree with a plain evaluation on some samples, others each time; nil where there are so few
  /// samples that all can be compared, and at the first call.
  func checkOnFew(at x: [Double], samples: SampleRows, positions: ArraySlice<Int>?) throws -> Bool? {
    let count = positions?.count ?? samples.count
    let calls = state.withLock { $0.checks.calls }
    if count <= Self.checkLimit || calls <= 1 { return nil }
    let distance = count / (Self.checkLimit / 2)
    // Others at each check: calls are powers of two.
    let few = stride(from: calls.trailingZeroBitCount * 7919 % distance, to: count, by: distance).map { index in
      positions.map { $0[$0.startIndex + index] } ?? index
    }
    var gradient = x.map { _ in 0.0 }
    guard let sum = try sum(at: x, samples: samples, positions: few[...], weight: 1, adding: &gradient) else {
      return false
    }
    return try agrees(sum, at: x, samples: samples, few, weight: 1)
  }

  /// Whether a sum agrees with a plain evaluation: of all samples, or of some where they are many.
  func isStillTheTerm(
    at x: [Double], samples: SampleRows, positions: ArraySlice<Int>?, weight: Double, sum: Double
  ) throws -> Bool {
    if let few = try checkOnFew(at: x, samples: samples, positions: positions) { return few }
    return try agrees(
      sum, at: x, samples: samples, positions.map(Array.init) ?? Array(0..<samples.count), weight: weight)
  }

  /// Roundoff is measured by the sizes of the terms, which may cancel.
  private func agrees(
    _ sum: Double, at x: [Double], samples: SampleRows, _ positions: [Int], weight: Double
  ) throws -> Bool {
    var plain = 0.0
    var scale = 0.0
    for i in positions {
      let value = try term(parameters: x[...], sample: samples.row(i)[...])
      plain += value
      scale += value.magnitude
    }
    return (sum - weight * plain).magnitude <= 1e-8 * weight.magnitude * scale
  }

  /// w Σᵢ f(θ, xᵢ), with its gradient added to `total`; nil where the term cannot be recorded.
  ///
  /// Every sample goes to the first branch whose guards it keeps. One that keeps none is recorded as a branch of its own;
  /// beyond the limit the tape takes the rest, sample by sample.
  func gradient(
    at x: [Double], samples: SampleRows, positions: ArraySlice<Int>?, weight: Double, adding total: inout [Double],
    isDue: inout Bool
  ) throws -> Double? {
    if let branch = onlyBranch(x.count, samples.width, isDue: &isDue),
      let sum = branch(parameters: x, samples: samples, at: positions, weight: weight, adding: &total)
    {
      return sum
    }
    return try sum(at: x, samples: samples, positions: positions, weight: weight, adding: &total)
  }

  private func sum(
    at x: [Double], samples: SampleRows, positions: ArraySlice<Int>?, weight: Double, adding total: inout [Double]
  ) throws -> Double? {
    if state.withLock({ $0.isHopeless }) { return nil }
    var value = 0.0
    var rest = positions
    var tried = 0
    while (rest?.count ?? samples.count) > 0 {
      let branches = state.withLock { $0.branches }
      if tried == branches.count {
        guard branches.count < FieldProgram.branchLimit else { break }
        guard let made = try record(at: x, sample: samples.row(rest?.first ?? 0)) else {
          state.withLock { $0.isHopeless = true }
          return nil
        }
        state.withLock { $0.branches.append(made) }
        continue
      }
      let branch = branches[tried]
      tried += 1
      guard branch.program.parameterCount == x.count, branch.program.dataCount == samples.width else { continue }
      var inside = rest
      var outside: [Int] = []
      if branch.hasSampleGuards {
        guard let holds = branch.samplesThatHold(parameters: x, samples: samples, at: rest), holds.contains(true)
        else { continue }
        if holds.contains(false) {
          let all = rest.map(Array.init) ?? Array(0..<samples.count)
          inside = zip(all, holds).filter(\.1).map(\.0)[...]
          outside = zip(all, holds).filter { !$1 }.map(\.0)
        }
      }
      guard let sum = branch(parameters: x, samples: samples, at: inside, weight: weight, adding: &total) else {
        continue
      }
      value += sum
      rest = outside[...]
    }
    if let rest, !rest.isEmpty {
      value += try byTape(samples.selecting(rest), at: x, weight: weight, into: &total)
    } else if rest == nil, samples.count > 0 {
      value += try byTape(samples, at: x, weight: weight, into: &total)
    }
    return value
  }

  /// What makes single updates sample by sample; nil where the term decides by comparisons or is more than arithmetic.
  func descent(at x: [Double], sample: () -> [Double]) throws -> SampleDescent? {
    let (known, isHopeless) = state.withLock { ($0.descent, $0.hasNoDescent || $0.isHopeless) }
    if isHopeless { return nil }
    let row = sample()
    if let known, known.parameters == x.count, known.data == row.count { return known.steps }
    let recorded = try engine.recording(parameters: x, data: row) { p, d in
      [try term(parameters: p[...], sample: d[...])]
    }
    let made = try recorded.flatMap { try SampleDescent($0, instructionSet: engine.instructionSet) }
    state.withLock {
      $0.descent = made.map { ($0, x.count, row.count) }
      $0.hasNoDescent = made == nil
    }
    return made
  }

  /// How many of the coming single updates, at most so many, need no check; where it is none, the next one's is counted.
  func uncheckedSteps(atMost limit: Int) -> Int {
    state.withLock { state in
      let steps = state.stepChecks.skip(atMost: limit)
      if steps == 0 { _ = state.stepChecks.isDue() }
      return steps
    }
  }

  /// The term is not what was recorded.
  func giveUpSteps() { state.withLock { $0.hasNoDescent = true } }

  private func byTape(
    _ samples: SampleRows, at x: [Double], weight: Double, into total: inout [Double]
  ) throws -> Double {
    engine.count { $0.samplesByTape += samples.count }
    var part: [Double] = []
    let value = try engine.tape.gradient(
      of: SampleSum(term, samples: samples, weight: weight).erased, at: x, into: &part)
    for i in total.indices { total[i] += part[i] }
    return value
  }

  private func record(at x: [Double], sample: [Double]) throws -> PanelRunner? {
    let recorded = try engine.recording(parameters: x, data: sample) { p, d in
      [try term(parameters: p[...], sample: d[...])]
    }
    return try recorded.map {
      try PanelRunner($0, threads: engine.threads, instructionSet: engine.instructionSet)
    }
  }
}
