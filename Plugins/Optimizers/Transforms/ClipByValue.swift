// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Limits each component to [-limit, limit]; one that is not a number stays so.
public struct ClipByValue: GradientTransform {
  /// The largest magnitude let through, in units of the gradient.
  public let limit: Double

  /// A limit above 0 for each component.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for another limit.
  public init(limit: Double) throws {
    try DifferentiationError.require(
      limit > 0 && limit.isFinite, "clip by value", "clip-value", limit, "a number above 0")
    self.limit = limit
  }

  /// For display.
  public var summary: String { "clip-value(\(limit))" }

  /// Clips in place.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices {
      // Comparisons instead of min and max, which would turn a NaN into the limit.
      if update[i] > limit {
        update[i] = limit
      } else if update[i] < -limit {
        update[i] = -limit
      }
    }
  }
}
