// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Training

/// Progress on standard error: a line rewritten in place on a terminal, plain lines elsewhere.
final class ProgressReporter: TrainingObserver {
  private struct State {
    var start: ContinuousClock.Instant
    var firstStep: Int?
    var lastShown: ContinuousClock.Instant?
    var record: EpochRecord?
    var isDirty = false
  }

  private let epochs: Int
  private let style: TextStyle
  private let enabled: Bool
  private let everyEpoch: Bool
  private let isTerminal: Bool
  private let clock = ContinuousClock()
  private let state: Mutex<State>

  init(epochs: Int, style: TextStyle, enabled: Bool, everyEpoch: Bool) {
    self.epochs = epochs
    self.style = style
    self.enabled = enabled
    self.everyEpoch = everyEpoch
    isTerminal = Terminal.isTerminal(.error)
    state = Mutex(State(start: ContinuousClock().now))
  }

  /// On a terminal: after one second, ten times a second at most.
  func stepEnded(_ progress: StepProgress) {
    guard enabled, isTerminal, !everyEpoch else { return }
    let now = clock.now
    let line: String? = state.withLock { state in
      if state.firstStep == nil { state.firstStep = progress.step - 1 }
      guard now - state.start >= .seconds(1), now - (state.lastShown ?? state.start) >= .milliseconds(100) else {
        return nil
      }
      state.lastShown = now
      state.isDirty = true
      return text(progress, state, elapsed: (now - state.start) / .seconds(1))
    }
    if let line { Terminal.writeError("\r\u{1B}[K\(line)") }
  }

  private func text(_ progress: StepProgress, _ state: State, elapsed: Double) -> String {
    ProgressLine(
      progress: progress, validation: state.record?.validation, stepsMade: progress.step - (state.firstStep ?? 0),
      elapsed: elapsed
    ).text(width: Terminal.width(of: .error, atLeast: 2) - 1, ascii: style.ascii)
  }

  /// Elsewhere: a line for about twenty of the epochs, or for each.
  func epochEnded(_ record: EpochRecord, state training: TrainingState) {
    state.withLock { $0.record = record }
    let interval = everyEpoch ? 1 : max(1, epochs / 20)
    guard enabled, !isTerminal || everyEpoch,
      record.epoch % interval == 0 || record.epoch == 1 || record.epoch == epochs
    else { return }
    var line = "epoch \(record.epoch)/\(epochs)  loss \(NumberText.value(record.trainingLoss))"
    if let validation = record.validation {
      line += "  validation loss \(NumberText.value(validation.loss))"
      if let accuracy = validation.accuracy { line += "  accuracy \(NumberText.value(accuracy, digits: 4))" }
      if let r2 = validation.r2 { line += "  R2 \(NumberText.value(r2, digits: 4))" }
    }
    Terminal.note(line)
  }

  /// Clears the line.
  func finish() {
    let dirty = state.withLock { state in
      defer { state.isDirty = false }
      return state.isDirty
    }
    if dirty { Terminal.writeError("\r\u{1B}[K") }
  }
}
