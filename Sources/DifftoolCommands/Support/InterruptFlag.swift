// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Ctrl-C as a flag: the first one lets a step, a seed or a workload finish and the results be written, the second one ends the process.
final class InterruptFlag {
  /// What the signal's queue and the training share.
  final class Flag: Sendable {
    private let raised = Atomic<Bool>(false)

    /// Whether Ctrl-C was pressed.
    var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Raises the flag; whether it was raised before.
    func raise() -> Bool { raised.exchange(true, ordering: .relaxed) }
  }

  let flag = Flag()
  private let source: any DispatchSourceSignal

  /// - Parameter work: what is finished first, for the note.
  init(_ work: String = "finishing the step") {
    // The default action must be off for the source to see the signal.
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [flag] in
      if flag.raise() { exit(130) }
      Terminal.note("\ninterrupted: \(work) (once more to stop at once)")
    }
    source.activate()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
