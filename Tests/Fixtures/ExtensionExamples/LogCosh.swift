// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Σ log cosh(prediction - target): a square near zero, an absolute value far away.
public struct LogCosh: Loss {
  /// The specification that makes it again.
  public var specification: String { "log-cosh" }

  /// Targets are real numbers.
  public var targetEncoding: TargetEncoding { .real }

  /// Predictions are real numbers.
  public var acceptedOutputs: Set<OutputKind> { [.real] }

  /// log cosh d = d + log(1 + e^(-2d)) - log 2, by a softplus that does not overflow.
  public func callAsFunction<S: DifferentiableScalar>(
    prediction: ArraySlice<S>, target: ArraySlice<S>
  ) throws -> S {
    try validate(predictionCount: prediction.count, targetCount: target.count)
    var sum: S = 0
    for (p, t) in zip(prediction, target) {
      let d = p - t
      sum += d + S.softplus(-2 * d) - 0.6931471805599453
    }
    return sum
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry("log-cosh", summary: "sum of log cosh of the differences") { _ in LogCosh().erased }
  }
}
