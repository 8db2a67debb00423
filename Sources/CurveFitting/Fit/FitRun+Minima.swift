// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension FitRun {
  /// Whether the gradient vanishes at a point of deficient rank while the sum falls along some direction: a saddle, or a
  /// place where derivatives vanish, rather than data that do not determine the parameters.
  func isSaddle(_ solution: Solution, _ point: NewtonPoint) -> Bool {
    let problem = solution.problem
    let slope = zip(point.gradient, point.norms).map { $0.magnitude / $1 }.max() ?? 0
    guard problem.loss == .squares, slope <= 1e-6 * point.objective.squareRoot(),
      let (end, second) = try? problem.newtonPoint(solution.u)
    else { return false }
    let p = solution.u.count
    let r = end.factor.r
    var hessian = Array(repeating: 0.0, count: p * p)
    for j in 0..<p {
      for k in 0..<p {
        hessian[j * p + k] = second[j * p + k] / (end.norms[j] * end.norms[k])
        for i in 0...min(j, k) { hessian[j * p + k] += r[i * p + j] * r[i * p + k] }
      }
    }
    let largest = hessian.map(\.magnitude).max() ?? 0
    guard largest > 0, largest.isFinite else { return false }
    for j in 0..<p { hessian[j * p + j] += 1e-6 * largest }
    return CholeskyFactor(hessian, size: p) == nil
  }

  /// Says where the end is no minimum, and which starts ended elsewhere.
  func addMinima(_ result: inout FitResult, _ solution: Solution) {
    if result.status == .notAMinimum {
      // At a saddle derivatives may vanish that the data determine elsewhere.
      result.undetermined = nil
      result.warnings.removeAll { $0.hasPrefix("the data do not determine") }
      result.warnings.append(
        "the gradient vanishes, but the sum falls along some direction: a saddle, not a minimum; start elsewhere")
    } else if !result.status.isSuccess, solution.polished == nil, let point = solution.point,
      point.rank == solution.u.count, point.step == nil
    {
      result.warnings.append("the sum curves downward where the fit ended: that is no minimum; start elsewhere")
    }
    // Sums below the rounding of the data are all alike.
    let size = (solution.polished?.point.dataNorm ?? 0) / setup.unit
    let limit = max(result.objective * (1 + 1e-6), 1e-24 * size * size)
    let others = result.starts.filter { $0.status.isSuccess && $0.objective > limit }.map(\.objective)
    if let lowest = others.min() {
      let ratio = lowest / result.objective
      let factor = ratio < 1e6 ? ", \((100 * ratio).rounded() / 100) times this one's or more" : ""
      result.warnings.append(
        "\(others.count) of \(result.starts.count) starts converged to other minima, with larger sums\(factor)")
    }
    let saddles = result.starts.count { $0.status == .notAMinimum }
    if saddles > 0 {
      result.warnings.append("\(saddles) of \(result.starts.count) starts ended at a saddle, not at a minimum")
    }
  }
}
