// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// What a method is held to over all reference functions: the only place, by traits and by the step.
///
/// | method | bound on |
/// |---|---|
/// | exact | the largest error: 8 units for f′, 16 for f″ (as `docs/numerics.md` derives), where the derivative is at least 2⁻⁶⁹⁰ |
/// | with estimates | the median of estimate over error: 100 |
/// | with a searched step | coverage: 99 %; the median error: 10 ε^(p/(p+1)) for f′, 40 ε^(q/(q+2)) with q = p - 1 for f″ |
/// | with one call of GSL (`search=off`) | coverage: 95 %; the median error: twice that |
/// | with a fixed step h | coverage: 97 %; the median error: 4 (hᵖ + ε/hᵏ) |
/// | all that search or need no step | failures: none |
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
  /// Whether points without a result are allowed.
  package let mayFail: Bool

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
        medianError = (method.searchesStep ? 1 : 2) * (order == 1 ? 10 : 40) * .pow(.ulpOfOne, q / (q + k))
      }
    }
    // A fixed step cannot be made to fit: what varies within it at a pole or beside a branch point is not seen. No more
    // can the one from which a single call of GSL begins.
    let share = method.searchesStep ? 0.99 : method.fixedStep == nil ? 0.95 : 0.97
    coverage = method.traits.estimatesError ? share : nil
    mayFail = !method.searchesStep
    medianRatio = method.traits.estimatesError ? 100 : nil
  }

  /// What a measurement breaks, in words; empty where it keeps all.
  package func broken(by measurement: MethodMeasurement) -> [String] {
    let statistics = Statistics(measurement.points)
    let name = "\(measurement.method.specification), order \(measurement.order)"
    var found: [String] = []
    func require(_ what: String, _ figure: Double?, atMost bound: Double?) {
      guard let bound else { return }
      if !((figure ?? .nan) <= bound) { found.append("\(name): \(what) \(figure ?? .nan) is above \(bound)") }
    }
    let resolvable = Statistics(measurement.points.filter(\.resolvable))
    require("the largest error in units", resolvable.units.last, atMost: largestUnits)
    require("the median error", quantile(statistics.relative, 0.5), atMost: medianError)
    require("the median of estimate over error", statistics.medianRatio, atMost: medianRatio)
    require("the share not covered", statistics.coverage.map { 1 - $0 }, atMost: coverage.map { 1 - $0 })
    require("failures", Double(statistics.failures), atMost: mayFail ? nil : 0)
    return found
  }
}
