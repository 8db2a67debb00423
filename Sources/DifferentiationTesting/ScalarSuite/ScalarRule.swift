// SPDX-License-Identifier: Apache-2.0

/// What every ``/DifferentiableScalars/DifferentiableScalar`` has to keep.
public enum ScalarRule: String, ConformanceRule {
  /// Each operation's value is that of `Double`.
  case value
  /// Each operation's derivative is that of the rule table.
  case slope
  /// The array kernels have the values and the derivatives of their definitions.
  case kernel
  /// Comparison sees values only.
  case comparison
  /// Constants, literals and detached numbers have no derivative.
  case constant
  /// Literals and conversions have the value that they say.
  case conversion
  /// `+=` and its kin do what `+` and its kin do.
  case assignment

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .value: "`primal` of a result is what Double computes by the same operation, NaN and infinity included."
    case .slope: "The derivative, at kinks too, is that of Dual: docs/numerics.md numbers the conventions."
    case .kernel: "A kernel may be one statement or a library call, but not another function than its default body."
    case .comparison: "Compare `primal`; a derivative must never steer a branch."
    case .constant: "init(_: Double), literals and `detached` make constants."
    case .conversion: "A literal keeps every digit; `init(exactly:)` refuses what Double cannot hold."
    case .assignment: "Leave the defaults of ChainRuleScalar, or write x = x + y."
    }
  }
}
