// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Divides by the root of the sum of all squared gradients: s ← s + g², g ← g / ((√s + ε)(1 + k·decay)), k =
/// 0, 1, ….
///
/// State: one vector, s. Duchi, Hazan and Singer, *Adaptive subgradient methods*, JMLR 12 (2011) 2121-2159.
/// The decay of the learning rate with the step is PyTorch's; it multiplies with a schedule.
public struct AdaGradScaling: GradientTransform {
  /// Added to the root, at least 0; with 0, a component whose gradient has been 0 so far gives 0/0.
  public let epsilon: Double
  /// The s before the first step, at least 0.
  public let initialAccumulator: Double
  /// How fast the learning rate falls with the step, at least 0.
  public let learningRateDecay: Double

  /// A scale.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for a negative value.
  public init(epsilon: Double = 1e-10, initialAccumulator: Double = 0, learningRateDecay: Double = 0) throws {
    let options = [
      ("eps", epsilon), ("initial-accumulator", initialAccumulator), ("lr-decay", learningRateDecay),
    ]
    for (name, value) in options {
      try DifferentiationError.require(
        value >= 0 && value.isFinite, "adagrad", name, value, "a number from 0")
    }
    self.epsilon = epsilon
    self.initialAccumulator = initialAccumulator
    self.learningRateDecay = learningRateDecay
  }

  /// For display.
  public var summary: String { "adagrad-scaling" }

  /// s before the first step.
  public func initialState(parameterCount: Int) -> TransformState {
    TransformState(vectors: [Array(repeating: initialAccumulator, count: parameterCount)])
  }

  /// Scales in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    accumulate(&state.vectors[0], update)
    let sum = state.vectors[0]
    let slowdown = 1 + Double(context.step) * learningRateDecay
    for i in update.indices { update[i] = update[i] / (sum[i].squareRoot() + epsilon) / slowdown }
  }

  private func accumulate(_ sum: inout [Double], _ gradient: [Double]) {
    for i in sum.indices { sum[i] += gradient[i] * gradient[i] }
  }
}
