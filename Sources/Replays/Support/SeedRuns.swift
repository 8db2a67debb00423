// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// The same thing done for several seeds at once, on all cores.
///
/// Every seed has its own numbers, so the order does not matter; the results come in the order of the seeds.
struct SeedRuns<Outcome: Sendable>: Sendable {
  /// The seeds that were run, with their outcomes: all, unless it was cancelled.
  let outcomes: [(seed: UInt64, outcome: Outcome)]
  /// The number of seeds that were asked for.
  let planned: Int

  /// Runs the seeds; once the settings say so, no other is begun.
  ///
  /// - Throws: the error of the first seed that ended in one; `CancellationError` where none was begun.
  init(
    _ seeds: [UInt64], _ settings: ReplaySettings, run: @Sendable (UInt64) throws -> Outcome
  ) throws {
    let results = Mutex<[Int: Result<Outcome, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: seeds.count) { index in
      guard !settings.isCancelled() else { return }
      let result = Result { try run(seeds[index]) }
      let done = results.withLock { results in
        results[index] = result
        return results.count
      }
      settings.progress(Double(done) / Double(seeds.count))
    }
    let all = results.withLock { $0 }
    outcomes = try seeds.indices.compactMap { index in
      try all[index].map { (seeds[index], try $0.get()) }
    }
    planned = seeds.count
    if outcomes.isEmpty, !seeds.isEmpty { throw CancellationError() }
  }

  /// A number of each outcome.
  func values(_ value: (Outcome) -> Double) -> [Double] { outcomes.map { value($0.outcome) } }

  /// `13 of 20 seeds`.
  func share(_ holds: (Outcome) -> Bool) -> String {
    "\(outcomes.count { holds($0.outcome) }) of \(outcomes.count) seeds"
  }

  /// The share of the outcomes that something holds for; nothing of no outcomes.
  func rate(_ holds: (Outcome) -> Bool) -> Double {
    outcomes.isEmpty ? .nan : Double(outcomes.count { holds($0.outcome) }) / Double(outcomes.count)
  }

  /// `seeds 0..19`, and whether that was all.
  var remark: String {
    guard let first = outcomes.first?.seed, let last = outcomes.last?.seed else { return "no seeds" }
    let range = first == last ? "seed \(first)" : "seeds \(first)..\(last)"
    return outcomes.count == planned
      ? "run over \(range); other seeds: --seeds FIRST..LAST"
      : "interrupted: \(outcomes.count) of \(planned) seeds were run"
  }
}
