// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Reverse mode on a tape: one recording, one sweep an output.
///
/// Exact to roundoff. A gradient costs a constant number of evaluations, whatever the number of inputs (Rosenbrock
/// in 1000 dimensions: about 35). Copies of the value share their tapes' memory and may be used by several tasks.
public struct TapeDifferentiator: ReverseDifferentiator {
  private let workspaces = WorkspacePool()

  /// The name.
  public var name: String { "tape" }

  /// Exact, reverse.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .reverse, accuracy: .exact, ruleFamily: "rule table")
  }

  /// Creates the differentiator.
  public init() {}

  /// One recording, a sweep a cotangent.
  public func pull(
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

  /// One recording of a directional derivative (dual numbers over variables), one sweep.
  public func pullTangent(
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
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    try workspaces.withWorkspace { workspace in
      let tape = workspace.tape
      tape.reset()
      let inputs = tape.variables(x)
      let y = try f(inputs)
      tape.sweep([(y, 1)], into: &workspace.adjoints)
      try check(tape)
      if gradient.count != x.count { gradient = Array(repeating: 0, count: x.count) }
      for i in x.indices { gradient[i] = workspace.adjoints[inputs[i]] }
      return y.value
    }
  }

  private func check(_ tape: Tape) throws {
    if let misuse = tape.misuse { throw DifferentiationError.tapeMisuse(method: name, misuse) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry("tape", summary: "reverse mode: one recording, one sweep back for the whole gradient") { _ in
      TapeDifferentiator()
    }
  }
}
