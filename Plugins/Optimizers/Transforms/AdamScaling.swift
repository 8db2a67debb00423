// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Replaces the gradient by a running mean over the root of a running mean square, both freed of their start
/// at 0: m ← β₁m + (1 - β₁)g, v ← β₂v + (1 - β₂)g², g ← m / (1 - β₁ᵏ) / (√v / √(1 - β₂ᵏ) + ε), k = 1, 2, ….
///
/// AMSGrad divides by the largest v so far, taken before the correction (as in PyTorch). The exponent k is
/// the number of the step, so the state holds no counter. PyTorch multiplies m by lr / (1 - β₁ᵏ) before it
/// divides; here the learning rate is a stage of its own, and the update differs from PyTorch's in its last
/// bits.
///
/// State: m, v, and the largest v for AMSGrad. Kingma and Ba, doi:10.48550/arXiv.1412.6980; AMSGrad: Reddi,
/// Kale and Kumar, doi:10.48550/arXiv.1904.09237.
public struct AdamScaling: GradientTransform {
  /// The share β₁ of the mean that remains, from 0 to below 1.
  public let beta1: Double
  /// The share β₂ of the mean square that remains, from 0 to below 1.
  public let beta2: Double
  /// Added to the root, at least 0.
  public let epsilon: Double
  /// Whether the largest mean square so far is taken.
  public let amsgrad: Bool

  /// A scale.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for values outside their range.
  public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, amsgrad: Bool = false)
    throws
  {
    for (name, beta) in [("beta1", beta1), ("beta2", beta2)] {
      try DifferentiationError.require(
        (0..<1).contains(beta), "adam", name, beta, "a number from 0, below 1")
    }
    try DifferentiationError.require(
      epsilon >= 0 && epsilon.isFinite, "adam", "eps", epsilon, "a number from 0")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.amsgrad = amsgrad
  }

  /// For display.
  public var summary: String { "\(amsgrad ? "amsgrad" : "adam")-scaling(\(beta1), \(beta2))" }

  /// The averages before the first step.
  public func initialState(parameterCount: Int) -> TransformState {
    TransformState(zeroVectors: amsgrad ? 3 : 2, parameterCount: parameterCount)
  }

  /// Scales in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    RunningAverages.mean(&state.vectors[0], update, beta: beta1)
    RunningAverages.square(&state.vectors[1], update, beta: beta2)
    var square = state.vectors[1]
    if amsgrad {
      RunningAverages.maximum(&state.vectors[2], square)
      square = state.vectors[2]
    }
    let mean = state.vectors[0]
    let count = Double(context.step + 1)
    let correction1 = 1 - Double.pow(beta1, count)
    let correction2 = (1 - Double.pow(beta2, count)).squareRoot()
    for i in update.indices {
      update[i] = mean[i] / correction1 / (square[i].squareRoot() / correction2 + epsilon)
    }
  }
}
