// SPDX-License-Identifier: Apache-2.0

/// A way in which a differentiator can be wrong, with the rule that has to reject it.
///
/// A checker is worth what it rejects: whoever compares methods of differentiation can run these past it by
/// ``WrongDifferentiator``.
public enum DifferentiatorFlaw: String, CaseIterable, Sendable {
  /// Every first derivative has the other sign.
  case wrongSign = "wrong-sign"
  /// Every first derivative is twice too large.
  case factorTwo = "factor-two"
  /// Every first derivative is one percent too large.
  case onePercent = "one-percent"
  /// Every first derivative is one part in 10⁹ too large.
  case onePartInABillion = "one-part-in-a-billion"
  /// Every first derivative is 0.
  case zeroGradient = "zero-gradient"
  /// The last component is NaN.
  case notANumber = "not-a-number"
  /// The first two components have changed places.
  case swappedComponents = "swapped-components"
  /// The value is that of a point nearby.
  case wrongValue = "wrong-value"
  /// A row is missing.
  case missingRow = "missing-row"
  /// The gradient is added to what the caller's buffer holds.
  case accumulatingBuffer = "accumulating-buffer"
  /// The directional derivative is along (1, …, 1) whatever was asked for.
  case ignoredDirection = "ignored-direction"
  /// The vector-Jacobian product is the first row whatever the cotangent.
  case ignoredCotangent = "ignored-cotangent"
  /// The Hessian's diagonal is halved.
  case halvedCurvature = "halved-curvature"
  /// One half of the Hessian is off by an ulp.
  case unsymmetricHessian = "unsymmetric-hessian"
  /// The Hessian-vector product lacks its last term.
  case droppedHessianTerm = "dropped-hessian-term"
  /// An error of the function becomes a gradient of NaN.
  case swallowedError = "swallowed-error"
  /// An error of the function becomes another error.
  case replacedError = "replaced-error"
  /// Directions and cotangents that are too short are filled up with zeros, too long ones cut.
  case forgivenLengths = "forgiven-lengths"
  /// The gradients of all calls add up.
  case accumulation = "accumulation"
  /// Each answer is a bit off by the number of calls.
  case driftingAnswers = "drifting-answers"
  /// One tangent serves all calls; a call inside another one changes it.
  case sharedTangent = "shared-tangent"
  /// Evaluations are not counted.
  case noEvaluations = "no-evaluations"
  /// The results carry another name.
  case foreignName = "foreign-name"
  /// Points that are not finite give a result without rows.
  case emptyAtInfinity = "empty-at-infinity"
  /// The traits promise black boxes.
  case claimsBlackBoxes = "claims-black-boxes"
  /// The traits deny second derivatives, which are there.
  case deniesSecondOrder = "denies-second-order"
  /// The traits promise error estimates.
  case claimsEstimates = "claims-estimates"
  /// The traits promise truncation error only, with error estimates larger than the derivative.
  case uselessEstimates = "useless-estimates"

  /// The rule that rejects it, perhaps among others.
  public var rule: DifferentiatorRule {
    switch self {
    case .wrongSign, .factorTwo, .onePercent, .onePartInABillion, .zeroGradient, .notANumber, .swappedComponents:
      .jacobian
    case .wrongValue: .value
    case .missingRow: .shape
    case .accumulatingBuffer: .gradientInto
    case .ignoredDirection: .directionalDerivative
    case .ignoredCotangent: .vectorJacobianProduct
    case .halvedCurvature: .hessian
    case .unsymmetricHessian: .hessianSymmetry
    case .droppedHessianTerm: .hessianVectorProduct
    case .swallowedError, .replacedError: .thrownError
    case .forgivenLengths: .lengthMismatch
    case .accumulation: .statelessness
    case .driftingAnswers: .determinism
    case .sharedTangent: .nesting
    case .noEvaluations: .evaluations
    case .foreignName: .name
    case .emptyAtInfinity: .nonFinite
    case .claimsBlackBoxes: .blackBox
    case .deniesSecondOrder: .unsupported
    case .claimsEstimates, .uselessEstimates: .errorEstimates
    }
  }
}
