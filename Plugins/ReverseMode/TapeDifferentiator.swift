// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Reverse mode on a tape: one recording, one sweep an output.
///
/// Exact to roundoff. A gradient costs a constant number of evaluations, whatever the number of inputs (Rosenbrock
/// in 1000 dimensions: about 35). Copies of the value share their tapes' memory and may be used by several tasks.
public struct TapeDifferentiator: ReverseDifferentiator {
  private let tape = OneShotTape(method: "tape")

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
    try tape.pull(f, at: x, cotangents: cotangents)
  }

  /// One recording of a directional derivative (dual numbers over variables), one sweep.
  public func pullTangent(
    _ f: AnyVectorFunction, at x: [Double], along v: [Double]
  ) throws -> (value: [Double], row: [Double]) {
    try tape.pullTangent(f, at: x, along: v)
  }

  /// Value and gradient of a scalar function, on memory kept from call to call.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    try tape.gradient(of: f, at: x, into: &gradient)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry("tape", summary: "reverse mode: one recording, one sweep back for the whole gradient") { _ in
      TapeDifferentiator()
    }
  }
}
