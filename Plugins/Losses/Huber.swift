// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Huber's loss, mean over the outputs: r²/2 for a residual |r| < δ, δ (|r| - δ/2) beyond.
///
/// Value and slope are continuous at δ, the curvature is not. Huber (1964), doi:10.1214/aoms/1177703732. With the mean
/// over the batch it is PyTorch's `HuberLoss`.
public struct Huber: RegressionLoss {
  /// Where the parabola ends and the lines begin, in the unit of the targets.
  public let delta: Double
  /// The name with delta.
  public let specification: String

  /// Huber's loss with a delta.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a delta out of range.
  public init(delta: Double = 1) throws {
    specification = try Self.entry.options(with: ["delta": .number(delta)]).writtenOut
    self.delta = delta
  }

  /// The mean of r²/2 or δ (|r| - δ/2) over the outputs.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    let delta = S(self.delta)
    let half = S(self.delta / 2)
    return try meanOverOutputs(prediction, target) { p, t in
      let residual = p - t
      let size = S.abs(residual)
      // The parabola is in r, not in |r|: its curvature at 0 is then 1.
      return S.select(size, isLessThan: delta, then: 0.5 * (residual * residual), else: delta * (size - half))
    }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry(
      "huber", summary: "squared error near 0, absolute error beyond delta",
      options: [.number("delta", default: 1, in: 1e-9...1e9, "where the parabola ends")]
    ) { try Huber(delta: $0.number("delta")).erased }
  }
}
