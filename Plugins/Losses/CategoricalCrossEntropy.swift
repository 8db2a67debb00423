// SPDX-License-Identifier: Apache-2.0
//
// Logarithms are cut off at -100, for the reasons given in BinaryCrossEntropy.swift.

import DifferentiableScalars
import DifferentiationCore

/// Cross-entropy of a distribution: -Σ tᵢ log pᵢ, one number a sample.
///
/// For models whose outputs are probabilities with the sum 1, such as a network with `output=softmax`. The targets are 1
/// for the class of the sample and 0 for the others, or any distribution. Each logarithm is at least -100, and where that
/// limit acts the slope is 0. A model that saturates learns better from logits with ``SoftmaxCrossEntropy``, which is
/// this loss of their softmax.
public struct CategoricalCrossEntropy: Loss {
  /// `categorical-cross-entropy`.
  public var specification: String { Self.entry.name }
  /// One target a class.
  public var targetEncoding: TargetEncoding { .oneHot }
  /// A distribution over a single class is always 1.
  public var minimumOutputs: Int { 2 }
  /// Probabilities with the sum 1.
  public var acceptedOutputs: Set<OutputKind> { [.distribution] }

  /// Creates the loss.
  public init() {}

  /// Σ tᵢ min(-log pᵢ, 100).
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    let limit = S(BinaryCrossEntropy.largestTerm)
    return try sumOverOutputs(prediction, target) { p, t in t * S.min(-S.log(p), limit) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry(
      "categorical-cross-entropy", summary: "cross-entropy of a softmax's probabilities; logarithms are at least -100"
    ) { _ in CategoricalCrossEntropy().erased }
  }
}
