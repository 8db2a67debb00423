// SPDX-License-Identifier: Apache-2.0

/// What every optimizer has to keep.
public enum OptimizerRule: String, ConformanceRule {
  /// A specification and a finite, non-negative rate are there.
  case specification
  /// The same steps from the same state give the same bits, and no copy of a state changes another.
  case stateIsValue = "state-is-value"
  /// A state that went through JSON goes on to the last bit.
  case json
  /// A step counts itself once.
  case stepCount = "step-count"
  /// Without a gradient nothing moves away from 0, and 0 stays 0.
  case zeroGradient = "zero-gradient"
  /// With a learning rate of 0 nothing moves.
  case zeroRate = "zero-rate"
  /// Gradients of 1e300 leave the parameters finite.
  case hugeGradient = "huge-gradient"
  /// A parabola is descended with one of the usual rates.
  case descent
  /// A gradient or a state of the wrong length is an error, and nothing has changed.
  case lengthMismatch = "length-mismatch"

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the optimizer again: a resumed training needs it."
    case .stateIsValue: "All memory belongs into OptimizerState; a transform keeps nothing."
    case .json: "Vectors and scalars of TransformState must hold all that the next step needs."
    case .stepCount: "state.step is the number of steps taken; schedules read it."
    case .zeroGradient: "Only a decay may move a parameter without a gradient, and towards 0."
    case .zeroRate: "The last transform multiplies with the learning rate of the step."
    case .hugeGradient: "Squares of 1e300 overflow: divide before squaring, or let ∞ end as a step of 0."
    case .descent: "A step is parameters minus update: is the sign right?"
    case .lengthMismatch: "Throw DifferentiationError.shape before the first change."
    }
  }
}
