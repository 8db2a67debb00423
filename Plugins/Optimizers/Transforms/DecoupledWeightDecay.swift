// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Decoupled weight decay: the step also takes off lr · λ · θ, whatever the gradient was.
///
/// It stands after the learning rate in the chain, so that neither momentum nor an adaptive scale sees it;
/// the learning rate of the schedule counts.
///
/// Loshchilov and Hutter, *Decoupled weight decay regularization*, doi:10.48550/arXiv.1711.05101.
public struct DecoupledWeightDecay: GradientTransform {
  /// The factor λ, at least 0.
  public let rate: Double

  /// A decay with this factor.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for a negative one.
  public init(rate: Double) throws {
    try DifferentiationError.require(
      rate >= 0 && rate.isFinite, "decoupled weight decay", "weight-decay", rate, "a number from 0")
    self.rate = rate
  }

  /// For display.
  public var summary: String { "decoupled-weight-decay(\(rate))" }

  /// Adds lr · λ · θ to what is subtracted.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    let factor = context.learningRate * rate
    for i in update.indices { update[i] += factor * context.parameters[i] }
  }
}
