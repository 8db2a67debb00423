// SPDX-License-Identifier: Apache-2.0
//
// Errors through R of the Jacobian with columns of norm 1: (JᵀJ)⁻¹ = D⁻¹ R⁻¹ R⁻ᵀ D⁻¹. For a robust loss Huber's
// covariance, K² Σφ′²/(n-p) / (mean φ″)² (JᵀJ)⁻¹ with K = 1 + p/n · var φ″ / (mean φ″)² (Huber 1973,
// doi:10.1214/aos/1176342503; Robust Statistics, 1981, section 7.6).
//
// Near the minimum the loss sum Σ 2φ rises by mean φ″ δ²/[(JᵀJ)⁻¹]ⱼⱼ where parameter j is held at a distance δ, so at
// t standard errors by t² mean φ″ K² Σφ′²/(n-p) / (mean φ″)². That is the unit in which a profile counts a rise: with
// squares it is s², with a robust loss the likelihood ratio's own unit would be wrong by Σφ′² / Σφ″ (Schrader &
// Hettmansperger 1980, doi:10.1093/biomet/67.1.93).

import DifferentiationCore

/// Standard errors, covariance, and what is not determined.
struct ParameterErrors {
  /// By parameter; nil where there is none.
  private(set) var standardErrors: [Double?]
  private(set) var covariance: [[Double]]?
  private(set) var correlations: [[Double]]?
  private(set) var condition: Double?
  /// For each free and not held parameter how it takes part in what is not determined.
  private var combination: [Double]?
  private let active: [Int]
  private let degreesOfFreedom: Double
  /// Whether the variance is known beforehand: absolute sigma, and a loss that takes them at their word.
  private let isKnown: Bool
  /// The rise of the objective at one standard error from the minimum.
  private(set) var rise: Double?

  init(_ setup: FitSetup, _ solution: Solution, sum: Double, degreesOfFreedom: Double) {
    let count = setup.fit.curve.parameters.count
    let problem = solution.problem
    standardErrors = Array(repeating: nil, count: count)
    active = problem.rows.free
    self.degreesOfFreedom = degreesOfFreedom
    isKnown = setup.data.isAbsolute && setup.fit.loss == .squares
    guard let point = solution.polished?.point ?? solution.point, !active.isEmpty else { return }
    let p = active.count
    var (factor, norms) = (point.factor, point.norms)
    var variance = isKnown ? setup.unit * setup.unit : sum / degreesOfFreedom
    var rise = variance
    if problem.loss != .squares {
      guard let robust = Self.robust(problem, solution.u, degreesOfFreedom) else { return }
      (factor, norms) = (robust.factor, robust.norms)
      // With absolute sigma the residuals are in its units already. The plain sum of squares must not come in here: it is
      // the outliers'.
      (variance, rise) = (robust.variance, robust.variance * robust.curvature)
    }
    let largest = point.singular.values.first ?? 0
    let smallest = point.singular.values.last ?? 0
    if point.rank == p, smallest > 0 { condition = largest / smallest }
    // The parameters' directions: how much each takes part in the null space.
    var inNull = Array(repeating: 0.0, count: p)
    for k in point.rank..<max(p, point.rank) {
      for j in 0..<p { inNull[j] = max(inNull[j], point.singular.right[j * p + k].magnitude) }
    }
    if point.rank < p {
      combination = (0..<p).map { point.singular.right[$0 * p + p - 1] / norms[$0] * problem.scales[$0] }
      for j in 0..<p where inNull[j] <= 1e-6 { combination?[j] = 0 }
    }
    guard isKnown || degreesOfFreedom > 0, variance.isFinite else { return }
    if rise > 0 { self.rise = rise }
    // Rows of D⁻¹ V Σ⁻¹ over what is determined: C = G Gᵀ.
    var root = Array(repeating: 0.0, count: p * p)
    if point.rank == p {
      let inverse = factor.inverse
      for i in 0..<p {
        for j in 0..<p { root[i * p + j] = inverse[i * p + j] / norms[i] * problem.scales[i] }
      }
    } else {
      for i in 0..<p {
        for k in 0..<point.rank {
          root[i * p + k] =
            point.singular.right[i * p + k] / point.singular.values[k] / norms[i] * problem.scales[i]
        }
      }
    }
    let deviation = variance.squareRoot()
    // All parameters: the free ones, and those that follow from them by the chain rule.
    let theta = problem.theta(solution.u)
    var rows: [[Double]] = Array(repeating: Array(repeating: 0, count: p), count: count)
    for (k, index) in active.enumerated() {
      rows[index] = (0..<p).map { root[k * p + $0] * deviation }
    }
    if !problem.rows.ties.isEmpty {
      for k in 0..<p {
        let seeds = theta.indices.map { Dual<Double>(theta[$0], tangent: root[$0 * p + k] * deviation) }
        guard let all = try? problem.rows.expand(seeds) else { return }
        for tie in problem.rows.ties { rows[tie.index][k] = all[tie.index].tangent }
      }
    }
    let tied = Set(problem.rows.ties.map(\.index))
    for index in 0..<count {
      guard tied.contains(index) || active.contains(index) else { continue }
      if let k = active.firstIndex(of: index), inNull[k] > 1e-6 { continue }
      if tied.contains(index), point.rank < p { continue }
      standardErrors[index] = Self.norm(rows[index])
    }
    guard point.rank == p else { return }
    let matrix = rows.map { a in rows.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
    if matrix.allSatisfy({ $0.allSatisfy(\.isFinite) }) { covariance = matrix }
    let sizes = rows.map(Self.norm)
    correlations = rows.indices.map { i in
      rows.indices.map { j in
        guard sizes[i] > 0, sizes[j] > 0 else { return i == j ? 1 : 0 }
        if i == j { return 1 }
        return zip(rows[i], rows[j]).reduce(0) { $0 + ($1.0 / sizes[i]) * ($1.1 / sizes[j]) }
      }
    }
  }

  /// What is not determined, by name; the largest part is 1.
  func undetermined(_ names: [String]) -> [String: Double]? {
    guard let combination, let largest = combination.map(\.magnitude).max(), largest > 0 else { return nil }
    var result: [String: Double] = [:]
    for (k, index) in active.enumerated() where combination[k] != 0 { result[names[index]] = combination[k] / largest }
    return result
  }

  /// The two-sided quantile of an interval: Student's t, or the normal one where the variance is known.
  func quantile(_ confidence: Double) -> Double {
    isKnown
      ? StudentDistribution.normalQuantile(0.5 + confidence / 2)
      : StudentDistribution.quantile(0.5 + confidence / 2, degreesOfFreedom: degreesOfFreedom)
  }

  /// The probability of so large a t.
  func twoSided(_ t: Double) -> Double {
    isKnown
      ? StudentDistribution.normalTwoSided(t)
      : StudentDistribution.twoSided(t, degreesOfFreedom: degreesOfFreedom)
  }

  private static func norm(_ row: [Double]) -> Double {
    let largest = row.map(\.magnitude).max() ?? 0
    guard largest > 0, largest.isFinite else { return largest }
    return largest * row.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }

  private static func robust(
    _ problem: FitProblem, _ u: [Double], _ freedom: Double
  ) -> (factor: TriangularFactor, norms: [Double], variance: Double, curvature: Double)? {
    guard let line = try? problem.linearization(u), freedom > 0 else { return nil }
    let (n, p) = (problem.rows.count, u.count)
    var (slopes, curvature, squares) = (0.0, 0.0, 0.0)
    for r in line.residuals {
      let terms = problem.loss.terms(r)
      slopes += terms.weight * r * terms.weight * r
      curvature += terms.curvature
      squares += terms.curvature * terms.curvature
    }
    var (columns, b) = (line.columns, line.residuals)
    var norms = Array(repeating: 1.0, count: p)
    for j in 0..<p {
      var squares = 0.0
      for i in 0..<n { squares += columns[j * n + i] * columns[j * n + i] }
      if squares > 0 { norms[j] = squares.squareRoot() }
      for i in 0..<n { columns[j * n + i] /= norms[j] }
    }
    var factor = TriangularFactor(size: p)
    factor.add(columns: &columns, rows: n, &b)
    let mean = curvature / Double(n)
    guard mean > 0 else { return nil }
    let spread = max(0, squares / Double(n) / (mean * mean) - 1)
    let k = 1 + Double(p) / Double(n) * spread
    return (factor, norms, k * k * slopes / freedom / (mean * mean), mean)
  }
}
