// SPDX-License-Identifier: Apache-2.0

import Replays
import Synchronization

/// A line for replays that take more than a second: on a terminal rewritten in place, elsewhere one every five seconds.
///
/// The share that is done is reckoned with each replay's own estimate of its cost.
final class ReplayProgress: Sendable {
  private struct State {
    var lastShown: ContinuousClock.Instant?
    var isDirty = false
  }

  private let replays: [(name: String, cost: Double)]
  private let isShown: Bool
  private let isTerminal = Terminal.isTerminal(.error)
  private let ascii: Bool
  private let start = ContinuousClock().now
  private let state = Mutex(State())

  init(_ replays: [any Replay], isShown: Bool, ascii: Bool) {
    self.replays = replays.map { ($0.name, $0.cost) }
    self.isShown = isShown
    self.ascii = ascii
  }

  /// After one second; on a terminal ten times a second at most.
  func show(_ index: Int, share: Double) {
    let now = ContinuousClock().now
    let isDue = state.withLock { state in
      let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
      let isRested = state.lastShown.map { now - $0 >= pause } ?? true
      guard isShown, now - start >= .seconds(1), isRested else { return false }
      state.lastShown = now
      state.isDirty = isTerminal
      return true
    }
    guard isDue else { return }
    let text = line(index, share: share, elapsed: (now - start) / .seconds(1))
    guard isTerminal else { return Terminal.note(text) }
    Terminal.writeError("\r\u{1B}[K\(text.prefix(Terminal.width(of: .error, atLeast: 2) - 1))")
  }

  /// `replay 3/23 circle, 41 %, 2.1 s left`.
  private func line(_ index: Int, share: Double, elapsed: Double) -> String {
    let total = replays.reduce(0) { $0 + $1.cost }
    let done = (replays.prefix(index).reduce(0) { $0 + $1.cost } + share * replays[index].cost) / max(total, 1e-9)
    var text = replays.count > 1 ? "replay \(index + 1)/\(replays.count) " : "replay "
    text += "\(replays[index].name), \(Int(100 * done)) %"
    if done > 0 { text += ", \(NumberText.duration(elapsed * (1 - done) / done, ascii: ascii)) left" }
    return text
  }

  /// Clears the line.
  func finish() {
    let isDirty = state.withLock { state in
      defer { state.isDirty = false }
      return state.isDirty
    }
    if isDirty { Terminal.writeError("\r\u{1B}[K") }
  }
}
