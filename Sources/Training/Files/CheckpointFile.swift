// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint holds the whole history, and writing one flushes it to the disk: some milliseconds, where an epoch of a
// small model takes a fraction of one. Written after every epoch it would take most of the time. How often is enough is
// a question of time lost in a crash, so the sparing way asks a clock; what is in the files does not depend on it.
// Rejected: a share of the planned epochs, which loses hours where an epoch takes minutes.

import Synchronization

/// Writes checkpoints while a training goes on: an observer, and ``finish(_:)`` at its end.
public final class CheckpointFile: TrainingObserver {
  private let path: String
  private let trainer: Trainer
  private let settings: [String: String]
  private let isDue: @Sendable (EpochRecord) -> Bool
  /// The step and the epoch of the last state written.
  private let written = Mutex<(step: Int, epoch: Int)?>(nil)

  /// A checkpoint at the end of every `interval` epochs and of the last one.
  ///
  /// - Parameters:
  ///   - path: the file; each checkpoint replaces the one before, whole or not at all.
  ///   - trainer: what trains.
  ///   - settings: what the caller needs to start again.
  ///   - interval: the number of epochs from one checkpoint to the next, at least 1.
  public init(path: String, trainer: Trainer, settings: [String: String] = [:], interval: Int = 1) {
    self.path = path
    self.trainer = trainer
    self.settings = settings
    let interval = max(interval, 1)
    isDue = { $0.epoch % interval == 0 }
  }

  /// A checkpoint at the end of the first epoch, then at the first end of an epoch after each `pause`, and of the last
  /// epoch.
  ///
  /// - Parameters:
  ///   - path: the file; each checkpoint replaces the one before, whole or not at all.
  ///   - trainer: what trains.
  ///   - settings: what the caller needs to start again.
  ///   - pause: the time from one checkpoint to the next: what a crash may cost.
  ///   - clock: measures it.
  public init<C: Clock>(
    path: String, trainer: Trainer, settings: [String: String] = [:], pause: Duration, clock: C
  ) where C.Duration == Duration {
    self.path = path
    self.trainer = trainer
    self.settings = settings
    let last = LastInstant<C.Instant>()
    isDue = { _ in last.advance(to: clock.now, after: pause) }
  }

  /// Writes the state where it is time to.
  public func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
    guard isDue(record) || record.epoch == trainer.configuration.epochs else { return }
    try write(state)
  }

  /// Writes the state in which a training ended, however it ended, unless that state is what the file holds.
  ///
  /// - Throws: `FileWritingError`.
  public func finish(_ state: TrainingState) throws {
    let isWritten = written.withLock { $0.map { $0 == (state.step, state.epoch) } ?? false }
    if !isWritten { try write(state) }
  }

  private func write(_ state: TrainingState) throws {
    try Checkpoint(trainer, state: state, settings: settings).write(to: path)
    written.withLock { $0 = (state.step, state.epoch) }
  }
}

/// When something was done last.
private final class LastInstant<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
  private let last = Mutex<Instant?>(nil)

  /// Whether `pause` has passed, or nothing was done yet; then `now` is the last time.
  func advance(to now: Instant, after pause: Duration) -> Bool {
    last.withLock { last in
      if let before = last, before.duration(to: now) < pause { return false }
      last = now
      return true
    }
  }
}
