// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Replaces each component by its sign: -1, 0 or 1; one that is not a number stays so.
///
/// With the learning rate as the step this is the nudge of the teaching documents, which moves a weight by a
/// fixed amount towards less error. Bernstein et al., *signSGD*, doi:10.48550/arXiv.1802.04434.
public struct SignOfGradient: GradientTransform {
  /// The transform.
  public init() {}

  /// For display.
  public var summary: String { "sign" }

  /// Takes the signs in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices {
      if update[i] > 0 {
        update[i] = 1
      } else if update[i] < 0 {
        update[i] = -1
      }
    }
  }
}
