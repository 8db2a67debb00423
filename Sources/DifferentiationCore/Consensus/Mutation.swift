// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A way to be wrong.
public enum Mutation: String, Sendable, Codable, CaseIterable {
  /// A derivative with the opposite sign.
  case sign
  /// A derivative twice as large.
  case factor
  /// One of the two terms of an operation's derivative left out.
  case droppedTerm
  /// No derivative at all.
  case zero
  /// A derivative one percent too large.
  case percent

  /// What is wrong, in a few words.
  public var summary: String {
    switch self {
    case .sign: "the opposite sign"
    case .factor: "twice as large"
    case .droppedTerm: "one of its two terms left out"
    case .zero: "no derivative at all"
    case .percent: "one percent too large"
    }
  }

  /// The wrong partial derivatives of the operation at an index: one pair, or two where either of two terms can be left
  /// out; none where there is nothing to leave out.
  func partials(_ node: TapeNode, at index: Int) -> [(Double, Double)] {
    let (first, second) = (node.firstPartial, node.secondPartial)
    switch self {
    case .sign: return [(-first, -second)]
    case .factor: return [(2 * first, 2 * second)]
    case .droppedTerm:
      // A node that names itself as parent has none there.
      guard Int(node.first) != index, Int(node.second) != index else { return [] }
      return [(first, 0), (0, second)]
    case .zero: return [(0, 0)]
    case .percent: return [(1.01 * first, 1.01 * second)]
    }
  }

  /// The wrong value of one component, where only the result can be changed.
  func component(_ value: Double, largest: Double) -> Double {
    switch self {
    case .sign: -value
    case .factor: 2 * value
    case .droppedTerm: value - 0.5 * largest
    case .zero: 0
    case .percent: 1.01 * value
    }
  }
}

/// One wrong rule that was planted.
public struct Mutant: Sendable, Codable, Equatable {
  /// How it is wrong.
  public var mutation: Mutation
  /// Where: an operation of the recording, or a component.
  public var place: String
  /// The largest ratio, over the components and the other methods, of the difference it makes to what the rule allows.
  public var ratio: Double
  /// Whether the check found the host at fault.
  public var killed: Bool
  /// The check's verdict.
  public var verdict: Verdict
}

/// How many errors of one kind were planted, and what became of them.
public struct MutationCount: Sendable, Codable, Equatable {
  /// The number planted.
  public var planted = 0
  /// Those that change no component by more than the rule allows.
  public var withinRule = 0
  /// Those of the others that the check found.
  public var killed = 0

  /// Counts as they are.
  public init(planted: Int = 0, withinRule: Int = 0, killed: Int = 0) {
    self.planted = planted
    self.withinRule = withinRule
    self.killed = killed
  }

  /// Those that had to be found.
  public var relevant: Int { planted - withinRule }
}

/// What a check is worth at this point: how many planted errors it finds.
public struct MutationReport: Sendable, Codable, Equatable {
  /// What was made wrong.
  public enum Site: String, Sendable, Codable {
    /// Operations of the recorded function; its derivative with one of them wrong stands in for the host's.
    case operations
    /// Components of the host's own result, where there is no recording.
    case components
  }

  /// The method whose result was replaced.
  public var host: String
  /// What was made wrong.
  public var site: Site
  /// The number of errors planted.
  public var planted: Int
  /// Those that change no component by more than the rule allows: they cannot and need not be found.
  public var withinRule: Int
  /// Those of the others that the check found.
  public var killed: Int
  /// The number of components compared for each.
  public var components: Int
  /// The counts by kind: a ``Mutation``'s name.
  public var kinds: [String: MutationCount]
  /// Those that change the result by more than the rule allows and were not found.
  public var survivors: [Mutant]

  /// The number of errors that had to be found.
  public var relevant: Int { planted - withinRule }

  /// Whether every error that matters was found, and there was at least one.
  public var isComplete: Bool { survivors.isEmpty && killed > 0 }
}

extension MutationReport {
  /// Several runs, such as one for each seed, as one; nil for none.
  public init?(summing runs: [MutationReport]) {
    guard var sum = runs.first else { return nil }
    for run in runs.dropFirst() {
      sum.planted += run.planted
      sum.withinRule += run.withinRule
      sum.killed += run.killed
      sum.survivors += run.survivors
      for (kind, count) in run.kinds {
        sum.kinds[kind, default: MutationCount()].planted += count.planted
        sum.kinds[kind, default: MutationCount()].withinRule += count.withinRule
        sum.kinds[kind, default: MutationCount()].killed += count.killed
      }
    }
    self = sum
  }
}
