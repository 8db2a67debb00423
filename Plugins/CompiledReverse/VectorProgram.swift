// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

/// A vector function's recordings at its last point: for rows of the Jacobian, and for Hessian-vector products.
final class VectorProgram: Sendable {
  private struct State {
    var pullback: ProgramRunner?
    var outputs = 0
    var tangent: ProgramRunner?
    var isHopeless = false
    var checks = CheckSchedule()
  }

  private let state = Mutex(State())
  private unowned let engine: CompiledEngine

  init(engine: CompiledEngine) { self.engine = engine }

  func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]])? {
    var (runner, outputs) = state.withLock { ($0.pullback, $0.outputs) }
    // A branch that is not taken here, or another number of inputs: recorded anew.
    if runner?.program.parameterCount != x.count
      || runner?(parameters: x, data: Array(repeating: 1, count: outputs)) == nil
    {
      guard let program = try recording(f, at: x) else { return nil }
      outputs = program.outputs.count
      let made = ProgramRunner(try program.pullback().optimized(), instructionSet: engine.instructionSet)
      runner = made
      state.withLock { [outputs] in
        $0.pullback = made
        $0.outputs = outputs
      }
    }
    guard let runner else { return nil }
    guard let first = runner(parameters: x, data: Array(repeating: 0, count: outputs)) else { return nil }
    let value = Array(first[..<outputs])
    guard try isStillTheFunction(f, at: x, value) else { return nil }
    var rows: [[Double]] = []
    for c in try cotangents(outputs) {
      guard let all = runner(parameters: x, data: c) else { return nil }
      rows.append(Array(all[outputs...]))
    }
    // A replay's value may differ from the function's in its last bits.
    return (try f(x), rows)
  }

  func pullTangent(
    _ f: AnyVectorFunction, at x: [Double], along v: [Double]
  ) throws -> (value: [Double], row: [Double])? {
    var runner = state.withLock { $0.tangent }
    if runner?.program.parameterCount != x.count || runner?(parameters: x, data: v) == nil {
      guard let program = try recording(f, at: x), program.outputs.count == 1 else { return nil }
      let made = ProgramRunner(try program.hessianVectorProduct(), instructionSet: engine.instructionSet)
      runner = made
      state.withLock { $0.tangent = made }
    }
    guard let all = runner?(parameters: x, data: v), try isStillTheFunction(f, at: x, [all[0]]) else { return nil }
    return (try f(x), Array(all[(1 + x.count)...]))
  }

  /// Whether the value is what the function gives, at the calls where that is checked.
  private func isStillTheFunction(_ f: AnyVectorFunction, at x: [Double], _ value: [Double]) throws -> Bool {
    let (isHopeless, isDue) = state.withLock { ($0.isHopeless, $0.checks.isDue()) }
    if isHopeless { return false }
    guard isDue, value.allSatisfy(\.isFinite) else { return true }
    let plain = try f(x)
    if plain.count == value.count, !zip(plain, value).contains(where: { engine.disagree($0, $1) }) { return true }
    state.withLock { $0.isHopeless = true }
    return false
  }

  private func recording(_ f: AnyVectorFunction, at x: [Double]) throws -> Program? {
    try engine.recording(parameters: x) { p, _ in try f(p) }?.optimized()
  }
}
