// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The sum of squares over the outputs of a sample, Σ (pᵢ - tᵢ)², without a factor ½.
///
/// With the sum over the batch it is the objective of least squares.
public struct SumOfSquares: RegressionLoss {
  /// Creates the loss.
  public init() {}

  /// Σ (pᵢ - tᵢ)².
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    try sumOverOutputs(prediction, target) { S.square($0 - $1) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry("sum-of-squares", summary: "squared error, summed over the outputs") { _ in
      SumOfSquares().erased
    }
  }
}
