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
  /// Planted, and killed, by kind.
  public var kinds: [String: [Int]]
  /// Those that change the result by more than the rule allows and were not found.
  public var survivors: [Mutant]

  /// Whether every error that matters was found, and there was at least one.
  public var isComplete: Bool { survivors.isEmpty && killed > 0 }
}
