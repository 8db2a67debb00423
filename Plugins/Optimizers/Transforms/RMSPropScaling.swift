// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Divides by the root of a running average of squared gradients: v ← αv + (1 - α)g², g ← g / (√v + ε).
///
/// Centred: the square of a running average m of the gradient is taken off v first. Rounding can make that
/// difference negative where the gradient hardly changes; it counts as 0 then (PyTorch gives NaN).
///
/// State: v, and m if centred. Tieleman and Hinton, *Lecture 6.5: RMSProp* (2012); centred: Graves,
/// doi:10.48550/arXiv.1308.0850.
public struct RMSPropScaling: GradientTransform {
  /// The share α of the average that remains, from 0 to below 1.
  public let alpha: Double
  /// Added to the root, at least 0.
  public let epsilon: Double
  /// Whether the square of the mean is taken off.
  public let centered: Bool

  /// A scale.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for values outside their range.
  public init(alpha: Double = 0.99, epsilon: Double = 1e-8, centered: Bool = false) throws {
    try DifferentiationError.require(
      (0..<1).contains(alpha), "rmsprop", "alpha", alpha, "a number from 0, below 1")
    try DifferentiationError.require(
      epsilon >= 0 && epsilon.isFinite, "rmsprop", "eps", epsilon, "a number from 0")
    self.alpha = alpha
    self.epsilon = epsilon
    self.centered = centered
  }

  /// For display.
  public var summary: String { centered ? "centered-rmsprop-scaling(\(alpha))" : "rmsprop-scaling(\(alpha))" }

  /// The averages before the first step.
  public func initialState(parameterCount: Int) -> TransformState {
    TransformState(zeroVectors: centered ? 2 : 1, parameterCount: parameterCount)
  }

  /// Scales in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    RunningAverages.square(&state.vectors[0], update, beta: alpha)
    let square = state.vectors[0]
    if centered {
      RunningAverages.mean(&state.vectors[1], update, beta: alpha)
      let mean = state.vectors[1]
      for i in update.indices {
        let variance = square[i] - mean[i] * mean[i]
        update[i] /= (variance < 0 ? 0 : variance).squareRoot() + epsilon
      }
    } else {
      for i in update.indices { update[i] /= square[i].squareRoot() + epsilon }
    }
  }
}
