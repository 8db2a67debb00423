// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Binary cross-entropy of logits, mean over the outputs: (1 - t) softplus(z) + t softplus(-z).
///
/// It is the cross-entropy of the probability sigmoid(z), finite and accurate for every finite z; the slope is
/// sigmoid(z) - t. With the mean over the batch it is PyTorch's `BCEWithLogitsLoss`.
public struct BinaryCrossEntropyOfLogits: Loss {
  /// `binary-cross-entropy-logits`.
  public var specification: String { Self.entry.name }
  /// 0, 1 or a probability.
  public var targetEncoding: TargetEncoding { .probability }
  /// Real numbers, read as logits.
  public var acceptedOutputs: Set<OutputKind> { [.real] }

  /// Creates the loss.
  public init() {}

  /// The mean of (1 - t) softplus(z) + t softplus(-z) over the outputs.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    try meanOverOutputs(prediction, target) { S.logisticLoss(logit: $0, target: $1) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry(
      "binary-cross-entropy-logits", summary: "cross-entropy of logits, accurate however far out"
    ) { _ in BinaryCrossEntropyOfLogits().erased }
  }
}
