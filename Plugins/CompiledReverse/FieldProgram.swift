// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

/// The branches of a scalar function that have been recorded.
final class FieldProgram: Sendable {
  /// So many branches are kept; a function that takes more of them is the tape's.
  static let branchLimit = 8

  private struct State {
    var branches: [ProgramRunner] = []
    var isHopeless = false
    var checks = CheckSchedule()
  }

  private let state = Mutex(State())
  private unowned let engine: CompiledEngine

  init(engine: CompiledEngine) { self.engine = engine }

  /// Value and gradient; nil where no recording is the function.
  func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double? {
    let (branches, isHopeless) = state.withLock { ($0.branches, $0.isHopeless) }
    if isHopeless { return nil }
    var outputs: [Double]?
    for branch in branches where branch.program.parameterCount == x.count {
      outputs = branch(parameters: x, data: [1])
      if outputs != nil { break }
    }
    if outputs == nil {
      guard branches.count < Self.branchLimit, let branch = try record(f, at: x) else {
        state.withLock { $0.isHopeless = true }
        return nil
      }
      state.withLock { $0.branches.append(branch) }
      outputs = branch(parameters: x, data: [1])
    }
    guard let outputs else { return nil }
    if state.withLock({ $0.checks.isDue() }), outputs[0].isFinite, engine.disagree(outputs[0], try f(x)) {
      // Not the same function as when it was recorded: it has a state of its own.
      state.withLock { $0.isHopeless = true }
      return nil
    }
    if gradient.count != x.count { gradient = Array(repeating: 0, count: x.count) }
    for i in x.indices { gradient[i] = outputs[1 + i] }
    return outputs[0]
  }

  private func record(_ f: AnyScalarField, at x: [Double]) throws -> ProgramRunner? {
    guard let program = try engine.recording(parameters: x, { p, _ in [try f(p)] }) else { return nil }
    return ProgramRunner(try program.optimized().pullback().optimized(), instructionSet: engine.instructionSet)
  }
}
