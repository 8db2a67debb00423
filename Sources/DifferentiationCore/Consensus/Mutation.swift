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

  /// The wrong partial derivatives of one operation.
  func partials(_ node: TapeNode) -> (Double, Double) {
    switch self {
    case .sign: (-node.firstPartial, -node.secondPartial)
    case .factor: (2 * node.firstPartial, 2 * node.secondPartial)
    case .droppedTerm: (node.firstPartial, 0)
    case .zero: (0, 0)
    case .percent: (1.01 * node.firstPartial, 1.01 * node.secondPartial)
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
  /// The method in which the errors were planted.
  public var host: String
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
