// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Forward mode with eight tangents in SIMD lanes: a pass for every eight inputs.
///
/// Exact to roundoff. The values are computed once a pass, so a gradient of n inputs costs about n/3 evaluations.
public struct BatchedDualDifferentiator: ForwardDifferentiator {
  /// The name.
  public var name: String { "dual-batch" }

  /// Exact, forward.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "rule table")
  }

  /// Eight directions a pass.
  public var width: Int { 8 }

  /// Creates the differentiator.
  public init() {}

  /// One pass over batched dual numbers.
  public func push(
    _ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]
  ) throws -> (value: [Double], tangents: [[Double]]) {
    let y = try f(x.indices.map { BatchedDual8(x[$0], tangent: lanes(directions, $0)) })
    return (y.map(\.value), directions.indices.map { lane in y.map { $0.tangent[lane] } })
  }

  /// One pass over dual numbers of batched dual numbers.
  public func pushTwice(
    _ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]
  ) throws -> (value: [Double], seconds: [Double]) {
    let y = try f(
      x.indices.map { i in
        Dual(BatchedDual8(x[i], tangent: lanes(directions, i)), tangent: BatchedDual8(u[i]))
      })
    return (y.map(\.primal), directions.indices.map { lane in y[0].tangent.tangent[lane] })
  }

  private func lanes(_ directions: [[Double]], _ i: Int) -> SIMD8<Double> {
    var lanes = SIMD8<Double>(repeating: 0)
    for (lane, direction) in directions.enumerated() { lanes[lane] = direction[i] }
    return lanes
  }

  /// Value and gradient of a scalar function, ⌈n / 8⌉ passes, without the detour over rows.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    guard !x.isEmpty else {
      gradient = []
      return try f([Double]())
    }
    var value = 0.0
    var point = x.map { BatchedDual8($0) }
    if gradient.count != x.count { gradient = Array(repeating: 0, count: x.count) }
    for start in stride(from: 0, to: x.count, by: 8) {
      let end = min(start + 8, x.count)
      for i in start..<end { point[i].tangent[i - start] = 1 }
      let y = try f(point)
      value = y.value
      for i in start..<end {
        gradient[i] = y.tangent[i - start]
        point[i].tangent[i - start] = 0
      }
    }
    return value
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry("dual-batch", summary: "forward mode: dual numbers, eight tangents a pass") { _ in
      BatchedDualDifferentiator()
    }
  }
}
