// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Forward mode with one tangent: a pass an input.
///
/// Exact to roundoff. A directional derivative costs two to three evaluations, a gradient n of those.
public struct DualDifferentiator: ForwardDifferentiator {
  /// The name.
  public var name: String { "dual" }

  /// Exact, forward.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "rule table")
  }

  /// One direction a pass.
  public var width: Int { 1 }

  /// Creates the differentiator.
  public init() {}

  /// One pass over dual numbers.
  public func push(
    _ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]
  ) throws -> (value: [Double], tangents: [[Double]]) {
    let y = try f(zip(x, directions[0]).map { Dual<Double>($0, tangent: $1) })
    return (y.map(\.value), [y.map(\.tangent)])
  }

  /// One pass over dual numbers of dual numbers.
  public func pushTwice(
    _ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]
  ) throws -> (value: [Double], seconds: [Double]) {
    let v = directions[0]
    let y = try f(
      x.indices.map { i in
        Dual<Dual<Double>>(Dual(x[i], tangent: u[i]), tangent: Dual(v[i], tangent: 0))
      })
    return (y.map(\.primal), y.prefix(1).map(\.tangent.tangent))
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry("dual", summary: "forward mode: dual numbers, one tangent a pass") { _ in DualDifferentiator() }
  }
}
