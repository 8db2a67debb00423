// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// When to stop before the last epoch.
public struct EarlyStopping: Sendable, Codable, Equatable {
  /// The number of epochs in a row without improvement after which training stops.
  public var patience: Int
  /// What the loss must fall by to count as an improvement.
  public var minimumDelta: Double

  /// A rule to stop by.
  public init(patience: Int, minimumDelta: Double = 0) {
    self.patience = patience
    self.minimumDelta = minimumDelta
  }
}

/// Which parameters a training ends with.
public enum WeightChoice: String, Sendable, Codable, CaseIterable {
  /// Those after the last step.
  case last
  /// Those of the epoch with the smallest monitored loss.
  case best
}

/// How to train, apart from model, loss, differentiator and optimizer.
public struct TrainingConfiguration: Sendable, Codable, Equatable {
  /// The number of passes over the training part.
  public var epochs: Int
  /// The samples of a step; nil for all. The last batch of an epoch has what is left.
  public var batch: Int?
  /// Whether each epoch has an order of its own, from the seed's stream for shuffling; else the order of the
  /// data.
  public var shuffle: Bool
  /// Whether a batch's losses are averaged or added.
  public var reduction: Reduction
  /// The seed of all random numbers.
  public var seed: UInt64
  /// When to stop before the last epoch; nil for never.
  public var earlyStopping: EarlyStopping?
  /// Which parameters the training ends with.
  public var weights: WeightChoice
  /// Every so many steps the gradient is handed to the spot check; nil for never.
  public var spotCheckInterval: Int?

  /// A configuration; with early stopping the best weights are chosen unless the last are asked for.
  public init(
    epochs: Int = 100, batch: Int? = nil, shuffle: Bool = true, reduction: Reduction = .mean,
    seed: UInt64 = 0,
    earlyStopping: EarlyStopping? = nil, weights: WeightChoice? = nil, spotCheckInterval: Int? = nil
  ) {
    self.epochs = epochs
    self.batch = batch
    self.shuffle = shuffle
    self.reduction = reduction
    self.seed = seed
    self.earlyStopping = earlyStopping
    self.weights = weights ?? (earlyStopping == nil ? .last : .best)
    self.spotCheckInterval = spotCheckInterval
  }

  /// Whether the monitored loss is needed where there is no validation part.
  var needsMonitor: Bool { earlyStopping != nil || weights == .best }

  /// Refuses numbers that no training can be done with.
  func validate() throws {
    func require(_ condition: Bool, _ option: String, _ value: String, _ expected: String) throws {
      guard condition else {
        throw DifferentiationError.invalidOption(
          entry: "training", option: option, value: value, expected: expected)
      }
    }
    try require(epochs >= 0, "epochs", "\(epochs)", "a whole number from 0")
    try require((batch ?? 1) >= 1, "batch", "\(batch ?? 0)", "a whole number from 1")
    try require(
      (spotCheckInterval ?? 1) >= 1, "spotCheckInterval", "\(spotCheckInterval ?? 0)", "a whole number from 1"
    )
    guard let rule = earlyStopping else { return }
    try require(rule.patience >= 1, "patience", "\(rule.patience)", "a whole number from 1")
    try require(
      rule.minimumDelta >= 0 && rule.minimumDelta.isFinite, "minimumDelta", "\(rule.minimumDelta)",
      "a number from 0")
  }
}

/// The names by which everything of a training is made again.
public struct TrainingSpecification: Sendable, Codable, Equatable {
  /// The model.
  public var model: String
  /// The loss.
  public var loss: String
  /// The penalties.
  public var penalties: [String]
  /// The method of differentiation.
  public var differentiator: String
  /// The optimizer with its learning rate.
  public var optimizer: String
  /// The schedule of the learning rate.
  public var schedule: String
}
