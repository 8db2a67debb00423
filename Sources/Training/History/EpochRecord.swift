// SPDX-License-Identifier: Apache-2.0

/// What an epoch left behind.
public struct EpochRecord: Sendable, Codable, Equatable {
  /// The number of the epoch, from 1.
  public var epoch: Int
  /// The number of steps taken up to its end.
  public var step: Int
  /// The learning rate of its last step.
  public var learningRate: Double
  /// The objective over the epoch, penalties included: each batch measured before its step, so with
  /// parameters that change on the way. Per sample for the mean; for the sum, added up over the batches.
  public var trainingLoss: Double
  /// The loss of the whole training part with the parameters at the end of the epoch; measured only where it
  /// decides about stopping or the best weights.
  public var monitoredTrainingLoss: Double?
  /// The validation part with the parameters at the end of the epoch.
  public var validation: Metrics?

  /// An epoch as it is.
  public init(
    epoch: Int, step: Int, learningRate: Double, trainingLoss: Double, monitoredTrainingLoss: Double? = nil,
    validation: Metrics? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.learningRate = learningRate
    self.trainingLoss = trainingLoss
    self.monitoredTrainingLoss = monitoredTrainingLoss
    self.validation = validation
  }
}
