// SPDX-License-Identifier: Apache-2.0

/// How good a model is on one part of the data.
public struct Metrics: Sendable, Codable, Equatable {
  /// The number of samples.
  public var samples: Int
  /// The mean or the sum of the samples' losses, as in training but without penalties.
  public var loss: Double
  /// The share of samples whose class was found; nil for numbers.
  public var accuracy: Double?
  /// The share of samples in the class that is the most frequent in training: what a constant answer scores.
  public var baselineAccuracy: Double?
  /// 1 - Σ (y - p)² / Σ (y - ȳ)², the mean over the targets; nil for classes and where no target varies.
  public var r2: Double?
  /// The mean of |y - p| over samples and targets, in the units of the file; nil for classes.
  public var meanAbsoluteError: Double?

  /// Metrics as they are.
  public init(
    samples: Int, loss: Double, accuracy: Double? = nil, baselineAccuracy: Double? = nil, r2: Double? = nil,
    meanAbsoluteError: Double? = nil
  ) {
    self.samples = samples
    self.loss = loss
    self.accuracy = accuracy
    self.baselineAccuracy = baselineAccuracy
    self.r2 = r2
    self.meanAbsoluteError = meanAbsoluteError
  }
}
