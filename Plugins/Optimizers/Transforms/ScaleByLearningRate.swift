// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Multiplies with the learning rate that the schedule gives for the step.
public struct ScaleByLearningRate: GradientTransform {
  /// The transform.
  public init() {}

  /// For display.
  public var summary: String { "learning-rate" }

  /// Scales in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices { update[i] *= context.learningRate }
  }
}
