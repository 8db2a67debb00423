// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

/// A scalar function's recordings for second derivatives, at the branch of the last point.
final class SecondOrderProgram: Sendable {
  /// More colours than this, and a Hessian goes column by column.
  static let colorLimit = 32

  private struct State {
    var product: ProgramRunner?
    var hessian: ProgramRunner?
    var pattern: SparsityPattern?
    /// For each entry, where the one is that it mirrors.
    var mirror: [Int] = []
    var isHopeless = false
    var checks = CheckSchedule()
  }

  private let state = Mutex(State())
  private unowned let engine: CompiledEngine

  init(engine: CompiledEngine) { self.engine = engine }

  /// f(x) and ∇²f(x) v; nil where no recording is the function.
  func product(_ f: AnyScalarField, at x: [Double], along v: [Double]) throws -> (value: Double, row: [Double])? {
    let known = state.withLock { $0.product }
    var outputs = known?.program.parameterCount == x.count ? known?(parameters: x, data: v) : nil
    if outputs == nil {
      guard let program = try recording(f, at: x) else { return nil }
      let made = ProgramRunner(try program.hessianVectorProduct(), instructionSet: engine.instructionSet)
      state.withLock { $0.product = made }
      outputs = made(parameters: x, data: v)
    }
    guard let outputs, try isStillTheFunction(f, at: x, outputs[0]) else { return nil }
    return (outputs[0], Array(outputs[(1 + x.count)...]))
  }

  /// f(x) and ∇²f(x); nil where no recording is the function, or where the Hessian is not sparse enough to have a program
  /// of its own.
  func hessian(_ f: AnyScalarField, at x: [Double]) throws -> (value: Double, matrix: SparseMatrix)? {
    var (known, pattern, mirror) = state.withLock { ($0.hessian, $0.pattern, $0.mirror) }
    var outputs = known?.program.parameterCount == x.count ? known?(parameters: x) : nil
    if outputs == nil {
      guard let program = try recording(f, at: x) else { return nil }
      guard (program.hessianPattern().columnColors().max() ?? 0) < Self.colorLimit else { return nil }
      let (sparse, places) = try program.sparseHessian()
      known = ProgramRunner(sparse, instructionSet: engine.instructionSet)
      pattern = places
      mirror = places.transposedPositions()
      state.withLock { [known, pattern, mirror] in
        $0.hessian = known
        $0.pattern = pattern
        $0.mirror = mirror
      }
      outputs = known?(parameters: x)
    }
    guard let outputs, let pattern, try isStillTheFunction(f, at: x, outputs[0]) else { return nil }
    // The mean of both triangles, where they differ by roundoff.
    let entries = mirror.indices.map { i -> Double in
      let (a, b) = (outputs[1 + i], outputs[1 + mirror[i]])
      return a == b ? a : 0.5 * a + 0.5 * b
    }
    return (outputs[0], SparseMatrix(pattern: pattern, entries: entries))
  }

  private func isStillTheFunction(_ f: AnyScalarField, at x: [Double], _ value: Double) throws -> Bool {
    let (isHopeless, isDue) = state.withLock { ($0.isHopeless, $0.checks.isDue()) }
    if isHopeless { return false }
    guard isDue, value.isFinite, engine.disagree(value, try f(x)) else { return true }
    state.withLock { $0.isHopeless = true }
    return false
  }

  private func recording(_ f: AnyScalarField, at x: [Double]) throws -> Program? {
    try engine.recording(parameters: x) { p, _ in [try f(p)] }?.optimized()
  }
}
