// SPDX-License-Identifier: Apache-2.0

/// What a check found, over all components.
///
/// There is deliberately no conversion to `Bool`: ask for a case, or call ``CheckReport/requireAgreement()``.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  /// Every component agrees, or is a kink with every method between the slopes on its sides.
  case agree
  /// A method is outside the consensus.
  case disagree
  /// A component that matters was compared only within error bars as wide as itself: nothing follows from that.
  case inconclusive
  /// Nothing was shown: every derivative is zero, or no two methods could be compared.
  case vacuous
  /// The function or a derivative is NaN or infinite.
  case notFinite
  /// The function gives different values for the same point.
  case notDeterministic
  /// A method that takes such functions ended in an error.
  case failed

  /// The exit code of a command that ends with this verdict: 0 for agreement, 1 where the comparison did not end in
  /// agreement, 2 where there was nothing sound to compare.
  public var exitCode: Int32 {
    switch self {
    case .agree: 0
    case .disagree, .inconclusive, .vacuous: 1
    case .notFinite, .notDeterministic, .failed: 2
    }
  }
}

/// Why a component did not simply agree.
public enum Cause: String, Sendable, Codable, CaseIterable {
  /// A method's value lies outside what the others and the function's own values say.
  case wrongRule
  /// Methods differ, and neither the number of independent witnesses nor the function's own values tell who is wrong.
  case undecided
  /// A difference quotient whose step is too large here.
  case truncation
  /// A difference quotient whose step is too small here: cancellation.
  case roundoff
  /// The slopes on the two sides differ; anything between them is accepted.
  case kink
  /// The function jumps here: it has no derivative, and what the rules give is that of one of its pieces.
  case jump
  /// The function is not defined on one side.
  case domainEdge
  /// A derivative, or its error estimate, is NaN or infinite.
  case notFinite
  /// The method's answer depends on what it was asked before.
  case staleBranch
  /// The method's answer has too few or too many components.
  case shape
  /// The error bars are as wide as the value: agreement within them shows nothing.
  case inconclusive
}
