// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What a caller may hang into a training.
public struct TrainingHooks: Sendable {
  /// Compares the gradient of a function at a point by other methods: nil where they agree, else what is
  /// wrong.
  public typealias SpotCheck =
    @Sendable (_ objective: TargetFunction, _ parameters: [Double]) throws -> String?

  /// Watches.
  public var observer: any TrainingObserver
  /// Asked before each step; once it says true, the training ends with what it has.
  public var isCancelled: @Sendable () -> Bool
  /// Called every ``TrainingConfiguration/spotCheckInterval`` steps with the batch's objective, before the
  /// step.
  public var spotCheck: SpotCheck?

  /// Hooks; by default nothing watches, and a cancelled task ends the training.
  public init(
    observer: any TrainingObserver = CombinedObserver([]),
    isCancelled: @escaping @Sendable () -> Bool = { Task.isCancelled }, spotCheck: SpotCheck? = nil
  ) {
    self.observer = observer
    self.isCancelled = isCancelled
    self.spotCheck = spotCheck
  }
}
