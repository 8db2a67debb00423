// SPDX-License-Identifier: Apache-2.0
//
// The logarithms are cut off at -100, as in PyTorch, so that a model which is certain and wrong costs 100 and not
// infinity. The slope is the slope of what is computed: 0 where the cut acts, that is for p below exp(-100) = 3.7e-44
// and, for 1 - p, where p is 1. PyTorch gives a slope of size 1e12 there, which no difference quotient agrees with.
// Rejected: p moved away from 0 and 1 by an epsilon, which changes every loss a little. A model that saturates learns
// better from `binary-cross-entropy-logits`.

import DifferentiableScalars
import DifferentiationCore

/// Binary cross-entropy of probabilities, mean over the outputs: -(t log p + (1 - t) log(1 - p)).
///
/// Each logarithm is at least -100: the loss is finite, at most 100, for every p in [0, 1]; outside it is NaN. Where
/// the limit acts the slope is 0. With the mean over the batch it is PyTorch's `BCELoss`.
public struct BinaryCrossEntropy: Loss {
  /// `binary-cross-entropy`.
  public var specification: String { Self.entry.name }
  /// 0, 1 or a probability.
  public var targetEncoding: TargetEncoding { .probability }
  /// Probabilities.
  public var acceptedOutputs: Set<OutputKind> { [.probability] }

  /// The largest loss of one output: minus the smallest logarithm.
  @inlinable public static var largestTerm: Double { 100 }

  /// Creates the loss.
  public init() {}

  /// The mean of t min(-log p, 100) + (1 - t) min(-log(1 - p), 100) over the outputs.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    let limit = S(Self.largestTerm)
    return try meanOverOutputs(prediction, target) { p, t in
      t * S.min(-S.log(p), limit) + (1 - t) * S.min(-S.log(onePlus: -p), limit)
    }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry(
      "binary-cross-entropy", summary: "cross-entropy of probabilities; logarithms are at least -100"
    ) { _ in BinaryCrossEntropy().erased }
  }
}
