// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The complex step: f′(x) ≈ Im f(x + i h) / h with h ≈ 10⁻¹⁰⁰, a pass an input.
///
/// Exact to roundoff for analytic functions, and by other rules than the dual numbers and the tape: an independent
/// witness. Squire & Trapp 1998, doi:10.1137/S003614459631241X.
public struct ComplexStepDifferentiator: ForwardDifferentiator {
  /// The name.
  public var name: String { "complex-step" }

  /// Exact, forward, by rules of its own.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "complex analysis")
  }

  /// One direction a pass.
  public var width: Int { 1 }

  /// Creates the differentiator.
  public init() {}

  /// One pass over complex numbers.
  public func push(
    _ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]
  ) throws -> (value: [Double], tangents: [[Double]]) {
    let y = try f(zip(x, directions[0]).map { ComplexStep.variable($0, tangent: $1) })
    return (y.map(\.real), [y.map(\.tangent)])
  }

  /// One pass over dual numbers of complex numbers.
  public func pushTwice(
    _ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]
  ) throws -> (value: [Double], seconds: [Double]) {
    let v = directions[0]
    let y = try f(
      x.indices.map { i in Dual(ComplexStep.variable(x[i], tangent: v[i]), tangent: ComplexStep(u[i])) })
    return (y.map(\.primal), y.prefix(1).map(\.tangent.tangent))
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry("complex-step", summary: "complex step: the imaginary part of f(x + ih), no cancellation") { _ in
      ComplexStepDifferentiator()
    }
  }
}
