// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Synchronization

/// A line on the terminal for fits that take more than a second, rewritten in place; nothing elsewhere.
final class FitProgressLine: Sendable {
  private struct State {
    let start = ContinuousClock().now
    var lastShown: ContinuousClock.Instant?
    var isDirty = false
    var last: FitProgress?
  }

  private let isTerminal = Terminal.isTerminal(.error)
  private let state = Mutex(State())

  /// After one second, ten times a second at most.
  func show(_ progress: FitProgress, starts: Int = 1, before text: String = "") {
    let isDue = state.withLock { state in
      state.last = progress
      let now = ContinuousClock().now
      guard isTerminal, now - state.start >= .seconds(1), now - (state.lastShown ?? state.start) >= .milliseconds(100)
      else { return false }
      state.lastShown = now
      state.isDirty = true
      return true
    }
    guard isDue else { return }
    var words = text
    if let profile = progress.profile {
      words += "profile of \(profile), "
    } else if starts > 1 {
      words += "start \(progress.start + 1)/\(starts), "
    }
    words += "iteration \(progress.iteration)  "
    words += progress.parameters.prefix(8).map { NumberText.value($0, digits: 6) }.joined(separator: " ")
    Terminal.writeError("\r\u{1B}[K\(words.prefix(Terminal.width(of: .error, atLeast: 2) - 1))")
  }

  /// Clears the line; what was seen last.
  @discardableResult
  func finish() -> FitProgress? {
    let (isDirty, last) = state.withLock { state in
      defer { state.isDirty = false }
      return (state.isDirty, state.last)
    }
    if isDirty { Terminal.writeError("\r\u{1B}[K") }
    return last
  }
}
