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
  /// Planted, and killed, by kind.
  public var kinds: [String: [Int]]
  /// Those that change the result by more than the rule allows and were not found.
  public var survivors: [Mutant]

  /// Whether every error that matters was found, and there was at least one.
  public var isComplete: Bool { survivors.isEmpty && killed > 0 }
}
