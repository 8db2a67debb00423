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

  /// Whether the value is to be checked against a plain evaluation.
  func isDue() -> Bool { state.withLock { $0.checks.isDue() } }

  /// Adds w Σᵢ f(θ, xᵢ)'s gradient to `total` and returns the value; nil where the term cannot be recorded.
  ///
  /// Every sample goes to the first branch whose guards it keeps. One that keeps none is recorded as a branch of its own;
  /// beyond the limit the tape takes the rest, sample by sample.
  func gradient(at x: [Double], samples: SampleRows, weight: Double, into total: inout [Double]) throws -> Double? {
    if state.withLock({ $0.isHopeless }) { return nil }
    if samples.count == 0 { return 0 }
    var value = 0.0
    var rest = samples
    var part: [Double] = []
    func take(_ branch: PanelRunner, _ taken: SampleRows) -> Bool {
      let blocks = taken.blocks.map { ($0.numbers, $0.width) }
      guard
        let sum = branch(
          parameters: x, samples: PanelSamples(blocks, count: taken.count), weight: weight, gradient: &part)
      else { return false }
      value += sum
      for i in total.indices { total[i] += part[i] }
      return true
    }
    var tried = 0
    while rest.count > 0 {
      let branches = state.withLock { $0.branches }
      if tried == branches.count {
        guard branches.count < FieldProgram.branchLimit else { break }
        guard let made = try record(at: x, sample: rest.row(0)) else {
          state.withLock { $0.isHopeless = true }
          return nil
        }
        state.withLock { $0.branches.append(made) }
        continue
      }
      let branch = branches[tried]
      tried += 1
      guard branch.program.parameterCount == x.count, branch.program.dataCount == samples.width else { continue }
      if !branch.hasSampleGuards {
        if take(branch, rest) { return value }
        continue
      }
      let blocks = rest.blocks.map { ($0.numbers, $0.width) }
      guard let holds = branch.samplesThatHold(parameters: x, samples: PanelSamples(blocks, count: rest.count)),
        holds.contains(true)
      else { continue }
      let inside = holds.allSatisfy { $0 } ? rest : rest.selecting(holds.indices.filter { holds[$0] })
      guard take(branch, inside) else { continue }
      rest = rest.selecting(holds.indices.filter { !holds[$0] })
    }
    if rest.count > 0 { value += try byTape(rest, at: x, weight: weight, into: &total) }
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
    let term = term
    do {
      let program = try Program.recording(parameters: x, data: sample, limit: recordingLimit) { p, d in
        [try term(parameters: p[...], sample: d[...])]
      }
      engine.count { $0.recordings += 1 }
      return try PanelRunner(program, threads: engine.threads, instructionSet: engine.instructionSet)
    } catch is RecordingObstacle {
      return nil
    }
  }
}
