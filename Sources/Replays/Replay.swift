// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A system of the teaching documents, or several that belong together, computed again.
public protocol Replay: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What it shows, in one line.
  var summary: String { get }
  /// The document that it is of.
  var document: TeachingDocument { get }
  /// The systems whose figures it computes, such as `S1.4`.
  var systems: [String] { get }
  /// The seeds it runs over unless others are asked for; empty where every random number is known.
  var defaultSeeds: [UInt64] { get }
  /// About how many milliseconds a run takes, for the time left.
  var cost: Double { get }
  /// Computes the figures, with gradients by the settings' method.
  func run(_ settings: ReplaySettings) throws -> ReplayResult
}

extension Replay {
  /// None: every random number is known.
  public var defaultSeeds: [UInt64] { [] }
  /// A few milliseconds.
  public var cost: Double { 5 }
  /// Where it comes from.
  public var source: String { document.source }

  /// Computes the figures with gradients by a method, and with the replay's own seeds.
  public func run(differentiator: any Differentiator) throws -> ReplayResult {
    try run(ReplaySettings(differentiator: differentiator))
  }
}

/// How a replay is run.
public struct ReplaySettings: Sendable {
  /// The method for the gradients.
  public var differentiator: any Differentiator
  /// The seeds to run over; nil for the replay's own.
  public var seeds: [UInt64]?
  /// Asked between the seeds: once it says true, the replay ends with the seeds it has.
  public var isCancelled: @Sendable () -> Bool
  /// Told the share of the replay that is done, from any thread.
  public var progress: @Sendable (Double) -> Void

  /// Settings; by default with the replay's own seeds, never cancelled.
  public init(
    differentiator: any Differentiator, seeds: [UInt64]? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.differentiator = differentiator
    self.seeds = seeds
    self.isCancelled = isCancelled
    self.progress = progress
  }
}
