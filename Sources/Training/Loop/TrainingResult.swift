// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// How a training ended.
public enum TrainingOutcome: Sendable, Codable, Equatable {
  /// After the last epoch.
  case completed
  /// Because the monitored loss no longer improved.
  case stoppedEarly
  /// Because it was asked to, between two steps.
  case interrupted
  /// Because numbers ran away.
  case diverged(Divergence)
  /// Because a second method did not agree with the gradient.
  case gradientDisputed(step: Int, report: String)
}

/// What a training leaves: how it ended, the state to go on from, and the metrics of the chosen parameters.
///
/// Nothing in it depends on the time or the machine's speed: the same seed gives the same result.
public struct TrainingResult: Sendable, Codable, Equatable {
  /// How it ended.
  public var outcome: TrainingOutcome
  /// Where it stands: parameters, optimizer, history, best weights.
  public var state: TrainingState
  /// Whether the parameters are the last or the best.
  public var weights: WeightChoice
  /// The chosen parameters.
  public var parameters: [Double]
  /// Mean or sum: what all losses here are.
  public var reduction: Reduction
  /// The seed.
  public var seed: UInt64
  /// The training part with the chosen parameters.
  public var training: Metrics
  /// The validation part with the chosen parameters.
  public var validation: Metrics?
  /// The test part with the chosen parameters.
  public var test: Metrics?

  /// The epochs.
  public var history: [EpochRecord] { state.history }

  /// The result itself where training ended as planned; an error that carries it otherwise.
  ///
  /// - Throws: ``TrainingFailure`` after divergence and after a disputed gradient.
  @discardableResult
  public func requireSuccess() throws -> TrainingResult {
    switch outcome {
    case .completed, .stoppedEarly, .interrupted: return self
    case .diverged(let divergence): throw TrainingFailure(reason: divergence.description, state: state)
    case .gradientDisputed(let step, let report):
      throw TrainingFailure(reason: "the gradient was disputed at step \(step): \(report)", state: state)
    }
  }
}

/// A training that could not go on, with all that it had reached.
public struct TrainingFailure: Error, Sendable, CustomStringConvertible {
  /// What happened.
  public let reason: String
  /// The error of the model, the method or an observer that ended it, if there was one.
  public let underlying: (any Error)?
  /// Where it stood: history and best weights are here.
  public let state: TrainingState

  /// A failure at a state.
  public init(reason: String, underlying: (any Error)? = nil, state: TrainingState) {
    self.reason = reason
    self.underlying = underlying
    self.state = state
  }

  /// What happened.
  public var description: String { reason }
}

/// How long a training took; kept apart from its result, which must not depend on time.
public struct TrainingTiming: Sendable, Codable, Equatable {
  /// Seconds in all.
  public var seconds: Double
  /// The steps taken in that time.
  public var steps: Int

  /// Steps in a duration.
  public init(seconds: Double, steps: Int) {
    self.seconds = seconds
    self.steps = steps
  }

  /// The rate; 0 for no time.
  public var stepsPerSecond: Double { seconds > 0 ? Double(steps) / seconds : 0 }
}
