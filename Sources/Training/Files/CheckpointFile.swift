// SPDX-License-Identifier: Apache-2.0

/// Writes a checkpoint at the end of every so many epochs: an observer of a training.
public struct CheckpointFile: TrainingObserver {
  private let path: String
  private let trainer: Trainer
  private let settings: [String: String]
  private let interval: Int

  /// A checkpoint at the end of every `interval` epochs and of the last one.
  ///
  /// What an interruption leaves between two epochs is for the caller to write, from
  /// ``TrainingResult/state``.
  public init(path: String, trainer: Trainer, settings: [String: String] = [:], interval: Int = 1) {
    self.path = path
    self.trainer = trainer
    self.settings = settings
    self.interval = max(interval, 1)
  }

  /// Writes the state.
  public func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
    guard record.epoch % interval == 0 || record.epoch == trainer.configuration.epochs else { return }
    try Checkpoint(trainer, state: state, settings: settings).write(to: path)
  }
}
