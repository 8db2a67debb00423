// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Cross-entropy of the softmax of logits: -Σ tᵢ log softmax(z)ᵢ, one number a sample.
///
/// The targets are 1 for the class of the sample and 0 for the others, or any distribution. The largest logit is taken
/// out before the exponentials, so that nothing overflows; the slopes are softmax(z)ᵢ - tᵢ. With the mean over the batch
/// it is PyTorch's `CrossEntropyLoss`.
public struct SoftmaxCrossEntropy: Loss {
  /// `softmax-cross-entropy`.
  public var specification: String { Self.entry.name }
  /// One target a class.
  public var targetEncoding: TargetEncoding { .oneHot }
  /// With a single output the loss is 0 whatever it is.
  public var minimumOutputs: Int { 2 }
  /// Real numbers, read as logits.
  public var acceptedOutputs: Set<OutputKind> { [.real] }

  /// Creates the loss.
  public init() {}

  /// Σ tᵢ (logSumExp(z) - zᵢ), by the array kernel.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    try validate(predictionCount: prediction.count, targetCount: target.count)
    return S.softmaxCrossEntropy(logits: prediction, target: target)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry("softmax-cross-entropy", summary: "cross-entropy of logits, one output a class") { _ in
      SoftmaxCrossEntropy().erased
    }
  }
}
