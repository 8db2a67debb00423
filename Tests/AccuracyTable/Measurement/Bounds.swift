// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting

/// What a method is held to over all reference functions: the only place, by traits and by the step.
///
/// | method | bound on |
/// |---|---|
/// | exact | the largest error: 8 units for f′, 16 for f″ (as `docs/numerics.md` derives), where the derivative is at least 2⁻⁶⁹⁰ |
/// | with estimates | coverage: 99 %; the median of estimate over error: 100; failures: none |
/// | with a searched step | the median error: 10 ε^(p/(p+1)) for f′, 40 ε^(q/(q+2)) with q = p - 1 for f″ |
/// | with a fixed step h | the median error: 4 (hᵖ + ε/hᵏ) |
///
/// p is the order of truncation and k that of the derivative. ε^(p/(p+k)) is what truncation hᵖ and cancellation ε/hᵏ
/// leave at the best step; the same nodes give a second derivative with one order less, unless they are symmetric. The
/// factors stand for what derivatives of higher order and the rules' weights (their magnitudes sum to 16/3 at most) do.
package struct Bounds: Sendable {
  /// In units; nil for a method that is not exact.
  package let largestUnits: Double?
  /// Of ``PointMeasurement/relative``; nil for an exact method.
  package let medianError: Double?
  /// Of the points; nil without estimates.
  package let coverage: Double?
  /// Estimate over error; nil without estimates.
  package let medianRatio: Double?

  /// The bounds for derivatives of one order.
  package init(_ method: MeasuredMethod, order: Int) {
    let k = Double(order)
    switch method.traits.accuracy {
    case .exact:
      largestUnits = order == 1 ? 8 : 16
      medianError = nil
    case .truncated(let truncation):
      let p = Double(truncation)
      largestUnits = nil
      if let h = method.fixedStep {
        medianError = 4 * (.pow(h, p) + .ulpOfOne / .pow(h, k))
      } else {
        let q = p - (k - 1)
        medianError = (order == 1 ? 10 : 40) * .pow(.ulpOfOne, q / (q + k))
      }
    }
    coverage = method.traits.estimatesError ? 0.99 : nil
    medianRatio = method.traits.estimatesError ? 100 : nil
  }

  /// The smallest derivative that every exact method resolves: below it the complex step loses digits.
  package static let resolved = 0x1p-690

  /// What a measurement breaks, in words; empty where it keeps all.
  package func broken(by measurement: MethodMeasurement) -> [String] {
    let statistics = Statistics(measurement.points)
    let name = "\(measurement.method.specification), order \(measurement.order)"
    var found: [String] = []
    func require(_ what: String, _ figure: Double?, atMost bound: Double?) {
      guard let bound else { return }
      if !((figure ?? .nan) <= bound) { found.append("\(name): \(what) \(figure ?? .nan) is above \(bound)") }
    }
    let resolved = measurement.points.filter { $0.exact.nearest.magnitude >= Self.resolved || $0.exact.nearest == 0 }
    require("the largest error in units", resolved.filter { !$0.failed }.map(\.units).max(), atMost: largestUnits)
    require("the median error", quantile(statistics.relative, 0.5), atMost: medianError)
    require("the median of estimate over error", statistics.medianRatio, atMost: medianRatio)
    require("the share not covered", statistics.coverage.map { 1 - $0 }, atMost: coverage.map { 1 - $0 })
    let failures = Double(statistics.failures)
    require("failures", failures, atMost: largestUnits == nil && coverage == nil ? nil : 0)
    return found
  }
}
