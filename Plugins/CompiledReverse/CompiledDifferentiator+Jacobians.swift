// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs
import Synchronization

extension CompiledDifferentiator: JacobianMapping {
  /// Value and Jacobian at every row: a replay of one recording over panels of rows.
  ///
  /// A function that decides by comparisons, and rows whose results are not finite, go by the one-shot tape.
  public func jacobians(
    of f: AnyVectorFunction, at rows: SampleRows, variables: Int, into results: inout [Double]
  ) throws {
    precondition((0...rows.width).contains(variables), "\(variables) variables in rows of \(rows.width)")
    results.removeAll(keepingCapacity: true)
    if rows.count == 0 { return }
    let map = engine.map(of: f, variables: variables)
    if let runner = try map.runner(f, rows, engine) {
      runner(rows, into: &results)
      if engine.allFinite(results) {
        engine.countReplays(1)
        return
      }
    }
    engine.count { $0.fallbacks += 1 }
    results.removeAll(keepingCapacity: true)
    for i in 0..<rows.count {
      let (value, jacobian) = try engine.tape.pull(f, at: rows.row(i)) { m in (0..<m).map { unitVector($0, m) } }
      results += value
      for row in jacobian { results += row[..<variables] }
    }
  }
}

/// The recording of a function's value and Jacobian.
final class JacobianProgram: Sendable {
  private struct State {
    var runner: PanelMap?
    var width = -1
    var checks = CheckSchedule()
    var isHopeless = false
  }

  private let state = Mutex(State())
  let variables: Int

  init(variables: Int) { self.variables = variables }

  /// What maps rows to values and Jacobians; nil where no recording is the function.
  func runner(_ f: AnyVectorFunction, _ rows: SampleRows, _ engine: CompiledEngine) throws -> PanelMap? {
    let (known, width, isHopeless, isDue) = state.withLock { state in
      (state.runner, state.width, state.isHopeless, state.checks.isDue())
    }
    if isHopeless { return nil }
    let first = rows.row(0)
    var runner = width == rows.width ? known : nil
    if runner == nil {
      let recorded = try engine.recording(
        parameters: Array(first[..<variables]), data: Array(first[variables...])
      ) { p, d in try f(p + d) }
      runner = try recorded.flatMap { PanelMap(try $0.jacobianProgram(), instructionSet: engine.instructionSet) }
      state.withLock { [runner] in
        $0.runner = runner
        $0.width = rows.width
        $0.isHopeless = runner == nil
      }
    }
    if let runner, isDue {
      var numbers: [Double] = []
      runner(SampleRows(first, width: rows.width, count: 1), into: &numbers)
      let value = try f(first)
      if zip(value, numbers).contains(where: { engine.disagree($0, $1) }) {
        state.withLock { $0.isHopeless = true }
        return nil
      }
    }
    return runner
  }
}
