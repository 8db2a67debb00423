// SPDX-License-Identifier: Apache-2.0

/// What a list of points comes to. Points without a finite result are counted and take no part in the rest.
package struct Statistics: Sendable {
  /// All points.
  package let count: Int
  /// Points without a finite result.
  package let failures: Int
  /// The share of finite results whose error is at most its estimate; nil without estimates.
  package let coverage: Double?
  /// Estimate over error, the middle one of the points whose error is not 0; nil without estimates.
  package let medianRatio: Double?
  /// Relative errors, ascending; see ``PointMeasurement/relative``.
  package let relative: [Double]
  /// Errors relative to the derivative, ascending, of the points where that is not 0.
  package let relativeToDerivative: [Double]
  /// Errors in units of the conditioned rounding, ascending.
  package let units: [Double]
  /// Evaluations a derivative, on average.
  package let evaluations: Double

  package init(_ points: [PointMeasurement]) {
    let finite = points.filter { !$0.failed }
    count = points.count
    failures = points.count - finite.count
    let covered = finite.compactMap(\.covered)
    coverage = covered.isEmpty ? nil : Double(covered.count { $0 }) / Double(covered.count)
    let ratios = finite.compactMap { point in point.error == 0 ? nil : point.estimate.map { $0 / point.error } }
    medianRatio = ratios.isEmpty ? nil : quantile(ratios.sorted(), 0.5)
    relative = finite.map(\.relative).sorted()
    relativeToDerivative = finite.compactMap(\.relativeToDerivative).sorted()
    units = finite.map(\.units).sorted()
    evaluations = Double(points.reduce(0) { $0 + $1.evaluations }) / Double(max(points.count, 1))
  }
}

/// The smallest element that at least this share of a sorted list does not exceed; NaN of an empty list.
package func quantile(_ sorted: [Double], _ share: Double) -> Double {
  guard !sorted.isEmpty else { return .nan }
  let rank = Int((share * Double(sorted.count)).rounded(.up))
  return sorted[min(max(rank, 1), sorted.count) - 1]
}
