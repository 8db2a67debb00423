// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Coupled weight decay: g ← g + λθ, the gradient of the penalty λ‖θ‖²/2.
///
/// What follows in the chain, momentum or an adaptive scale, acts on the sum.
public struct WeightDecay: GradientTransform {
  /// The factor λ, at least 0.
  public let rate: Double

  /// A decay with this factor.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for a negative one.
  public init(rate: Double) throws {
    try DifferentiationError.require(
      rate >= 0 && rate.isFinite, "weight decay", "weight-decay", rate, "a number from 0")
    self.rate = rate
  }

  /// For display.
  public var summary: String { "weight-decay(\(rate))" }

  /// Adds the penalty's gradient.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices { update[i] += rate * context.parameters[i] }
  }
}
