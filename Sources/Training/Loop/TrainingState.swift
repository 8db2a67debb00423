// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The parameters with the smallest monitored loss so far.
public struct BestWeights: Sendable, Codable, Equatable {
  /// The epoch at whose end they were, from 1; 0 for the parameters at the start.
  public var epoch: Int
  /// The monitored loss of these very parameters.
  public var loss: Double
  /// The parameters.
  public var parameters: [Double]

  /// Parameters with their loss.
  public init(epoch: Int, loss: Double, parameters: [Double]) {
    self.epoch = epoch
    self.loss = loss
    self.parameters = parameters
  }
}

/// Everything that changes while training: a value to copy, store and go on from.
///
/// The order of the samples is no part of it: it follows from seed and epoch.
public struct TrainingState: Sendable, Codable, Equatable {
  /// The parameters after the last step.
  public internal(set) var parameters: [Double]
  /// The optimizer's memory, with the number of steps taken.
  public internal(set) var optimizer: OptimizerState
  /// The number of epochs completed.
  public internal(set) var epoch: Int
  /// The number of steps taken in the epoch under way.
  public internal(set) var stepInEpoch: Int
  /// The losses of the steps of the epoch under way, each times its number of samples for a mean.
  public internal(set) var lossSum: Double
  /// The loss of a batch at the start, which divergence is measured against: the first batch's, or the whole
  /// training part's where that is larger. Nil before the first step and where one of them is not finite.
  public internal(set) var startLoss: Double?
  /// The best parameters so far, those at the start among them.
  public internal(set) var best: BestWeights?
  /// The number of epochs since the monitored loss last improved.
  public internal(set) var epochsWithoutImprovement: Int
  /// The loss that the next improvement is measured against.
  public internal(set) var improvementBase: Double?
  /// The epochs so far.
  public internal(set) var history: [EpochRecord]

  /// The state before the first step.
  init(parameters: [Double], optimizer: OptimizerState) {
    self.parameters = parameters
    self.optimizer = optimizer
    epoch = 0
    stepInEpoch = 0
    lossSum = 0
    epochsWithoutImprovement = 0
    history = []
  }

  /// The number of steps taken.
  public var step: Int { optimizer.step }
}
