// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Synchronization
import Training

/// The gradient compared with an independent method's from time to time, and a count of what came of it.
final class SpotChecks: Sendable {
  /// What a report says of them.
  struct Count: Encodable {
    /// The number of checks.
    var count = 0
    /// Those that showed nothing, because every derivative was zero.
    var vacuous = 0
    /// The method that the gradient was compared with.
    let method: String
  }

  private let check: ConsensusCheck
  private let storage: Mutex<Count>

  /// Checks against the first exact method of the registry whose rules are not the differentiator's.
  ///
  /// - Throws: ``DifferentiationError/incompatible(_:wayOut:)`` where there is none.
  init(of differentiator: any Differentiator, in registry: Registry, seed: UInt64) throws {
    let others = registry.differentiators.names.lazy.compactMap { try? registry.differentiators.make($0) }
    let independent = others.first {
      $0.traits.accuracy == .exact && $0.traits.ruleFamily != differentiator.traits.ruleFamily
    }
    guard let independent else {
      throw DifferentiationError.incompatible(
        "there is no exact method with rules of its own to check \(differentiator.name) by",
        wayOut: "register one, or leave out --spot-check")
    }
    check = ConsensusCheck(methods: [differentiator, independent], componentLimit: 200, seed: seed)
    storage = Mutex(Count(method: independent.name))
  }

  /// What was done so far.
  var counted: Count { storage.withLock { $0 } }

  /// What a training calls.
  var hook: TrainingHooks.SpotCheck { { try self.run($0, $1) } }

  /// Nil where the methods agree or nothing was shown, else what is wrong.
  private func run(_ function: TargetFunction, _ parameters: [Double]) throws -> String? {
    let report = try check.run(function, at: parameters)
    storage.withLock {
      $0.count += 1
      if report.verdict == .vacuous { $0.vacuous += 1 }
    }
    return report.verdict == .agree || report.verdict == .vacuous ? nil : report.summary
  }
}
