// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The mean of squares over the outputs of a sample, Σ (pᵢ - tᵢ)² / n.
///
/// With the mean over the batch it is PyTorch's `MSELoss`.
public struct MeanSquared: RegressionLoss {
  /// Creates the loss.
  public init() {}

  /// Σ (pᵢ - tᵢ)² / n.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    try meanOverOutputs(prediction, target) { S.square($0 - $1) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry("mean-squared", summary: "squared error, mean over the outputs") { _ in MeanSquared().erased
    }
  }
}
