// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The mean absolute error over the outputs of a sample, Σ |pᵢ - tᵢ| / n.
///
/// Where a residual is 0 it has a kink; the slope there is 0. With the mean over the batch it is PyTorch's `L1Loss`.
public struct MeanAbsolute: RegressionLoss {
  /// Creates the loss.
  public init() {}

  /// Σ |pᵢ - tᵢ| / n.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    try meanOverOutputs(prediction, target) { S.abs($0 - $1) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry("mean-absolute", summary: "absolute error, mean over the outputs") { _ in
      MeanAbsolute().erased
    }
  }
}
