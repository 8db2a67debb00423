// SPDX-License-Identifier: Apache-2.0

/// What is known after a step.
public struct StepProgress: Sendable, Equatable {
  /// The epoch under way, from 1.
  public let epoch: Int
  /// The number of epochs planned.
  public let epochs: Int
  /// The steps taken in this epoch.
  public let stepInEpoch: Int
  /// The steps of an epoch.
  public let stepsPerEpoch: Int
  /// The steps taken in all.
  public let step: Int
  /// The objective of the batch, before the step.
  public let loss: Double
  /// The learning rate of the step.
  public let learningRate: Double

  /// The place of a step.
  package init(
    epoch: Int, epochs: Int, stepInEpoch: Int, stepsPerEpoch: Int, step: Int, loss: Double, learningRate: Double
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.stepInEpoch = stepInEpoch
    self.stepsPerEpoch = stepsPerEpoch
    self.step = step
    self.loss = loss
    self.learningRate = learningRate
  }
}

/// Watches a training: shows progress, writes history and checkpoints. The library prints nothing.
///
/// Calls come from the task that trains, in order. An error thrown here ends the training; see
/// ``TrainingFailure``.
public protocol TrainingObserver: Sendable {
  /// After each step. It is called often: whoever shows something throttles.
  func stepEnded(_ progress: StepProgress) throws

  /// After each epoch, with a state that training can go on from.
  func epochEnded(_ record: EpochRecord, state: TrainingState) throws
}

extension TrainingObserver {
  /// Nothing.
  public func stepEnded(_ progress: StepProgress) {}
  /// Nothing.
  public func epochEnded(_ record: EpochRecord, state: TrainingState) {}
}

/// Several observers, called one after the other.
public struct CombinedObserver: TrainingObserver {
  private let observers: [any TrainingObserver]

  /// Calls these in order.
  public init(_ observers: [any TrainingObserver]) { self.observers = observers }

  /// Passes it on.
  public func stepEnded(_ progress: StepProgress) throws {
    for observer in observers { try observer.stepEnded(progress) }
  }

  /// Passes it on.
  public func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
    for observer in observers { try observer.epochEnded(record, state: state) }
  }
}
