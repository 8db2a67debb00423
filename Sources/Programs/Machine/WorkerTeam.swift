// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import Dispatch
import Synchronization

/// Threads that share work with the caller.
///
/// Between two pieces of work a thread keeps looking for the next for about half a millisecond and then goes away: a
/// training loop finds it awake, and an idle program has no threads. Nothing depends on which thread does what, or on
/// whether any comes at all: the caller does what nobody else does.
final class WorkerTeam: Sendable {
  private struct State {
    var work: (@Sendable (_ isCaller: Bool) -> Void)?
    var present = 0
  }

  private let size: Int
  private let state = Mutex(State())
  private let calls = Atomic<Int>(0)
  /// Rounds of waiting, each some ten nanoseconds.
  private static let patience = 40_000

  /// A team of `size` threads besides the caller's.
  init(size: Int) { self.size = size }

  /// Calls `work` on the caller's thread and, as far as these are free, on the team's at the same time.
  ///
  /// It returns when the caller's call does: `work` itself divides what there is to do and waits for its end.
  func run(_ work: @escaping @Sendable (_ isCaller: Bool) -> Void) {
    let missing = state.withLock { state in
      state.work = work
      let missing = size - state.present
      state.present = size
      return missing
    }
    calls.wrappingAdd(1, ordering: .releasing)
    for _ in 0..<missing {
      DispatchQueue.global(qos: .userInitiated).async { self.attend() }
    }
    work(true)
    // The work holds the caller's arrays: kept, they would be copied at the caller's next change.
    state.withLock { $0.work = nil }
  }

  private func attend() {
    var seen = calls.load(ordering: .acquiring) - 1
    var rounds: UInt32 = 0
    while true {
      let call = calls.load(ordering: .acquiring)
      if call != seen {
        seen = call
        rounds = 0
        if let work = state.withLock({ $0.work }) { work(false) }
        continue
      }
      pk_wait(rounds)
      rounds += 1
      if rounds > Self.patience {
        let leaves = state.withLock { state in
          guard calls.load(ordering: .relaxed) == seen else { return false }
          state.present -= 1
          return true
        }
        if leaves { return }
      }
    }
  }
}

/// The parts of a piece of work, each done by the thread that takes it first.
final class SharedCount: Sendable {
  private let next = Atomic<Int>(0)
  private let finished = Atomic<Int>(0)
  private let count: Int

  init(_ count: Int) { self.count = count }

  /// The next part that nobody has taken; nil where none is left.
  func take() -> Int? {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  /// A part is done.
  func finish() { finished.wrappingAdd(1, ordering: .acquiringAndReleasing) }

  /// Waits until all parts are done.
  func waitForAll() {
    var rounds: UInt32 = 0
    while finished.load(ordering: .acquiring) < count {
      pk_wait(rounds)
      rounds += 1
    }
  }
}
