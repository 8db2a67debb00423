// SPDX-License-Identifier: Apache-2.0

/// What every differentiator has to keep.
public enum DifferentiatorRule: String, ConformanceRule {
  /// The name is there, stays the same and stands in each result.
  case name
  /// The value that comes with a derivative is the function's plain value.
  case value
  /// Rows, columns, error estimates and statuses have the sizes that were asked for.
  case shape
  /// The Jacobian is right, within ``AccuracyTable``.
  case jacobian
  /// `gradient(of:at:into:)` gives value and gradient, whatever the buffer held.
  case gradientInto = "gradient-into"
  /// The directional derivative is J v.
  case directionalDerivative = "directional-derivative"
  /// The vector-Jacobian product is cᵀJ.
  case vectorJacobianProduct = "vector-jacobian-product"
  /// The Hessian is right.
  case hessian
  /// The Hessian is symmetric to the last bit.
  case hessianSymmetry = "hessian-symmetry"
  /// The Hessian-vector product is H v.
  case hessianVectorProduct = "hessian-vector-product"
  /// What the traits exclude is refused by a typed error that names other methods.
  case unsupported
  /// Black boxes are taken or refused as the traits say.
  case blackBox = "black-box"
  /// An error thrown by the function comes back as that very error.
  case thrownError = "thrown-error"
  /// A direction, cotangent or point of the wrong length is a shape error.
  case lengthMismatch = "length-mismatch"
  /// The same question has the same answer, bit for bit.
  case determinism
  /// An answer does not depend on what was asked before.
  case statelessness
  /// A function that itself differentiates gets the same answers.
  case nesting
  /// Several threads get the same answers as one.
  case concurrency
  /// The number of evaluations is counted and positive.
  case evaluations
  /// Points that are not finite give results of the right shape or an error, never a crash.
  case nonFinite = "non-finite"
  /// Error estimates are there as the traits say, not negative and of use.
  case errorEstimates = "error-estimates"

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .name: "A method has one non-empty name; results carry it, so that reports can say who gave them."
    case .value:
      "A result's value is what the function gives on plain numbers, to the last bit: return it from the same "
        + "evaluation, not from a shifted point."
    case .shape: "m outputs and n inputs give m rows of n; errors and statuses, where present, have the same shape."
    case .jacobian: "Each entry must be within the accuracy that the method's traits promise; look at the rule table."
    case .gradientInto: "The buffer may have any length and content on entry; it holds the gradient on return."
    case .directionalDerivative: "J v is linear in v: the direction's length and signs count."
    case .vectorJacobianProduct: "cᵀJ weighs the rows of the Jacobian with the cotangent, in the order of outputs."
    case .hessian: "Second derivatives must be as right as the traits promise; look at the slopes of slopes."
    case .hessianSymmetry: "Compute one triangle and mirror it, or take the mean of both."
    case .hessianVectorProduct: "H v is linear in v and agrees with the Hessian's rows."
    case .unsupported: "Throw DifferentiationError.unsupported with a reason and what a method needs for it."
    case .blackBox: "traits.takesBlackBoxes is a promise in both directions."
    case .thrownError: "Let errors of the function through; do not swallow, wrap or replace them."
    case .lengthMismatch: "Throw DifferentiationError.shape before anything is computed."
    case .determinism: "Use no clock, no random numbers and no uninitialised memory."
    case .statelessness: "Clear what is kept between calls, or keep nothing."
    case .nesting: "A call may happen inside another call's function: perturbations and memory must not be shared."
    case .concurrency: "A Differentiator is Sendable: guard shared memory, or give each call its own."
    case .evaluations: "Each result counts the evaluations of the function that it took, at least one."
    case .nonFinite: "NaN and infinity flow through or are refused; a result must keep its shape."
    case .errorEstimates:
      "traits.estimatesError promises an absolute bound for each entry; one that is NaN, negative or as large as the "
        + "function itself says nothing."
    }
  }
}
