// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// One recording on a tape and its sweeps: what the tape's differentiator does, and what a method that replays
/// recordings falls back on where a replay would not be the function.
package struct OneShotTape: Sendable {
  private let workspaces = WorkspacePool()
  private let method: String

  /// A tape for a method; its name is for errors.
  package init(method: String) { self.method = method }

  /// f(x), and a row a cotangent.
  package func pull(
    _ f: AnyVectorFunction, at x: [Double], cotangents: (_ outputs: Int) throws -> [[Double]]
  ) throws -> (value: [Double], rows: [[Double]]) {
    try workspaces.withWorkspace { workspace in
      let tape = workspace.tape
      tape.reset()
      let inputs = tape.variables(x)
      let y = try f(inputs)
      let rows = try cotangents(y.count).map { c in
        tape.sweep(Array(zip(y, c)), into: &workspace.adjoints)
        return inputs.map { workspace.adjoints[$0] }
      }
      try check(tape)
      return (y.map(\.value), rows)
    }
  }

  /// f(x) and ∇²f(x) v: one recording of a directional derivative (dual numbers over variables), one sweep.
  package func pullTangent(
    _ f: AnyVectorFunction, at x: [Double], along v: [Double]
  ) throws -> (value: [Double], row: [Double]) {
    try workspaces.withWorkspace { workspace in
      let tape = workspace.tape
      tape.reset()
      let inputs = tape.variables(x)
      let y = try f(zip(inputs, v).map { Dual($0, tangent: Variable($1)) })
      guard let output = y.first else { return ([], []) }
      tape.sweep([(output.tangent, 1)], into: &workspace.adjoints)
      try check(tape)
      return (y.map(\.primal), inputs.map { workspace.adjoints[$0] })
    }
  }

  /// Value and gradient of a scalar function, on memory kept from call to call.
  package func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    try workspaces.withWorkspace { workspace in
      let tape = workspace.tape
      tape.reset()
      let inputs = tape.variables(x)
      let y = try f(inputs)
      tape.sweep([(y, 1)], into: &workspace.adjoints)
      try check(tape)
      workspace.adjoints.copyLeading(x.count, into: &gradient)
      return y.value
    }
  }

  private func check(_ tape: Tape) throws {
    if let misuse = tape.misuse { throw DifferentiationError.tapeMisuse(method: method, misuse) }
  }
}
