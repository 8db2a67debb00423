// SPDX-License-Identifier: Apache-2.0

import DifferentiationTesting

/// One derivative by one method at one point, against the exact one.
package struct PointMeasurement: Sendable {
  /// The function's identifier.
  package let function: String
  /// The point.
  package let x: Double
  /// What errors are compared with where the exact derivative is smaller; see ``relative``.
  package let size: Double
  /// The exact derivative.
  package let exact: ReferenceNumber
  /// What the method gave; NaN where it gave up.
  package let computed: Double
  /// The method's own estimate of its error, where it has one.
  package let estimate: Double?
  /// Evaluations of the function.
  package let evaluations: Int

  /// Neither a number of any use nor one to take statistics of.
  package var failed: Bool { !computed.isFinite }

  /// Whether the derivative is one that every exact method resolves: 0, or at least 2⁻⁶⁹⁰.
  ///
  /// Smaller ones are below what the complex step resolves (`docs/numerics.md`, decision 29).
  package var resolvable: Bool { exact.nearest == 0 || exact.nearest.magnitude >= 0x1p-690 }

  /// |computed - exact|, the exact number being known to about 32 digits.
  package var error: Double { exact.error(of: computed) }

  /// The error in units of the conditioned rounding.
  package var units: Double { error / exact.unit }

  /// The error relative to the derivative, or to the function over its length |f|/max(1, |x|)ᵏ if that is more.
  ///
  /// Values that are right to ε tell f′ to ε times the latter at the best, whatever the method makes of them: where f
  /// is flat the derivative itself is no measure. Where f and f′ are both 0 it is the error itself.
  package var relative: Double {
    let scale = max(exact.nearest.magnitude, size)
    return scale == 0 ? error : error / scale
  }

  /// The error relative to the derivative alone; nil where that is 0.
  package var relativeToDerivative: Double? { exact.nearest == 0 ? nil : error / exact.nearest.magnitude }

  /// Whether the estimate covers the error; nil without an estimate. A failure is not covered.
  package var covered: Bool? { estimate.map { !failed && error <= $0 } }
}
