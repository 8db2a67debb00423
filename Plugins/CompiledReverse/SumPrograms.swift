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
  }

  private let state = Mutex(State())
  private let term: AnySampleTerm
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
      guard state.branches.count == 1, !state.isHopeless, !state.branches[0].hasSampleGuards,
        state.branches[0].program.parameterCount == parameterCount, state.branches[0].program.dataCount == width
      else { return nil }
      return state.branches[0]
    }
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
