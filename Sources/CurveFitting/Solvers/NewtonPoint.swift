// SPDX-License-Identifier: Apache-2.0
//
// The full Newton step without normal equations. With A = √ω J = Q R D (D: column norms), the Hessian of the sum is
// H = AᵀA + S and the step solves H s = -Aᵀ√ω r. Written with z = R D s and E = R⁻ᵀ D⁻¹ S D⁻¹ R⁻¹ it is
// (1 + E) z = -Qᵀ√ω r: the condition number is not squared, and 1 + E is positive definite exactly at a minimum.

/// What is known at a point: R, the right-hand side, the second-order part, and the Newton step.
struct NewtonPoint {
  /// The objective Σ 2φ.
  var objective: Double
  /// The factor of √ω J with columns of norm 1.
  var factor: TriangularFactor
  /// The norms that the columns had; 1 for a column of zeros.
  var norms: [Double]
  /// 1 + E; nil where J has not full rank.
  var matrix: [Double]?
  /// The numerical rank.
  var rank: Int
  /// The Newton step; nil at a point that is no minimum of the local model, or of deficient rank.
  var step: [Double]?
  /// How wrong the step may be because of the derivatives' own error estimates.
  var stepErrors: [Double]?
  /// The gradient of the objective's half, by scaled parameters.
  var gradient: [Double]
  /// How much each parameter moves when the data move by their own size.
  var sensitivity: [Double]
  /// The size of the weighted responses.
  var dataNorm: Double

  /// Singular values of the scaled factor, largest first, with right vectors.
  var singular: (values: [Double], right: [Double]) {
    SingularValues.decompose(factor.r, size: norms.count) ?? ([], [])
  }

  /// Singular values below this part of the largest count as zero.
  static func tolerance(_ p: Int) -> Double { 64 * Double(p) * Double.ulpOfOne }
}

extension FitProblem {
  /// The point's Newton step. `secondOrder` gives the second-order part of an earlier point instead of a new one.
  func newtonPoint(_ u: [Double], secondOrder given: [Double]? = nil) throws
    -> (point: NewtonPoint, secondOrder: [Double])?
  {
    if isBlockwise { return try blockwisePoint(u, secondOrder: given) }
    guard let line = try linearization(u) else { return nil }
    let (n, p) = (rows.count, u.count)
    var columns = line.columns
    var b = line.residuals
    var c = Array(repeating: 0.0, count: n)
    var objective = 0.0
    var extra = Array(repeating: 0.0, count: p * p)
    if loss == .squares {
      for i in 0..<n {
        objective += b[i] * b[i]
        c[i] = b[i] * rootWeights[i]
      }
    } else {
      for i in 0..<n {
        let terms = loss.terms(b[i])
        objective += 2 * terms.value
        c[i] = terms.weight * b[i] * rootWeights[i]
        for j in 0..<p {
          for k in 0..<p {
            extra[j * p + k] += (terms.curvature - terms.weight) * columns[j * n + i] * columns[k * n + i]
          }
        }
        let root = terms.weight.squareRoot()
        b[i] *= root
        for j in 0..<p { columns[j * n + i] *= root }
      }
    }
    var gradient = Array(repeating: 0.0, count: p)
    var norms = Array(repeating: 1.0, count: p)
    for j in 0..<p {
      var squares = 0.0
      for i in 0..<n {
        gradient[j] += columns[j * n + i] * b[i]
        squares += columns[j * n + i] * columns[j * n + i]
      }
      if squares > 0 { norms[j] = squares.squareRoot() }
      for i in 0..<n { columns[j * n + i] /= norms[j] }
    }
    var dataSquares = 0.0
    for i in 0..<n { dataSquares += (rootWeights[i] * targets[i]) * (rootWeights[i] * targets[i]) }
    var factor = TriangularFactor(size: p)
    factor.add(columns: &columns, rows: n, &b)
    let secondOrder = try given ?? curvature(u, weights: c)
    var total = secondOrder
    for k in total.indices { total[k] += extra[k] }
    guard
      var point = NewtonPoint(
        objective: objective, factor: factor, norms: norms, secondOrder: total, gradient: gradient,
        dataNorm: dataSquares.squareRoot())
    else { return nil }
    if let errors = line.errors {
      point.stepErrors = point.stepErrors(
        (0..<p).map { j in
          (0..<n).reduce(0.0) {
            $0 + (errors[j * n + $1] * line.residuals[$1]) * (errors[j * n + $1] * line.residuals[$1])
          }.squareRoot()
        })
    }
    return (point, secondOrder)
  }
}

extension NewtonPoint {
  /// From the factor and the second-order part, in scaled units.
  init?(
    objective: Double, factor: TriangularFactor, norms: [Double], secondOrder: [Double], gradient: [Double],
    dataNorm: Double
  ) {
    let p = norms.count
    guard factor.r.allSatisfy(\.isFinite) else { return nil }
    self.objective = objective
    self.factor = factor
    self.norms = norms
    self.gradient = gradient
    self.dataNorm = dataNorm
    sensitivity = Array(repeating: 0, count: p)
    let inverse = factor.inverse
    // The norm of R⁻¹ bounds the smallest singular value from below, columns of norm 1 the largest from above; only where
    // that leaves the rank open are they computed.
    var squares = 0.0
    for entry in inverse { squares += entry * entry }
    rank = p
    if !(1 > Double(p).squareRoot() * Self.tolerance(p) * squares.squareRoot()) {
      guard let values = SingularValues.decompose(factor.r, size: p)?.values else { return nil }
      rank = values.count { $0 > (values.first ?? 0) * Self.tolerance(p) }
    }
    guard rank == p else { return }
    for i in 0..<p {
      var squares = 0.0
      for j in 0..<p { squares += inverse[i * p + j] * inverse[i * p + j] }
      sensitivity[i] = squares.squareRoot() / norms[i] * dataNorm
    }
    // E = R⁻ᵀ M R⁻¹ with M = D⁻¹ S D⁻¹.
    var scaled = secondOrder
    for j in 0..<p {
      for k in 0..<p { scaled[j * p + k] /= norms[j] * norms[k] }
    }
    guard scaled.allSatisfy(\.isFinite) else { return nil }
    var half = Array(repeating: 0.0, count: p * p)
    for j in 0..<p {
      for k in 0..<p {
        for l in 0..<p { half[j * p + k] += scaled[j * p + l] * inverse[l * p + k] }
      }
    }
    var matrix = Array(repeating: 0.0, count: p * p)
    for j in 0..<p {
      for k in 0..<p {
        for l in 0..<p { matrix[j * p + k] += inverse[l * p + j] * half[l * p + k] }
      }
    }
    for j in 0..<p {
      for k in 0..<j {
        let mean = (matrix[j * p + k] + matrix[k * p + j]) / 2
        matrix[j * p + k] = mean
        matrix[k * p + j] = mean
      }
      matrix[j * p + j] += 1
    }
    self.matrix = matrix
    step = solve(factor.qtb.map { -$0 })
  }

  /// D⁻¹ R⁻¹ (1 + E)⁻¹ z; nil where 1 + E is not positive definite.
  func solve(_ z: [Double]) -> [Double]? {
    guard let matrix, let cholesky = CholeskyFactor(matrix, size: norms.count) else { return nil }
    let step = zip(factor.solve(cholesky.solve(z)), norms).map { $0 / $1 }
    return step.allSatisfy(\.isFinite) ? step : nil
  }

  /// The largest entry of E: how much the second-order part weighs beside the first.
  var secondOrderWeight: Double {
    guard let matrix else { return 1 }
    let p = norms.count
    return matrix.indices.reduce(0) { max($0, (matrix[$1] - ($1 / p == $1 % p ? 1 : 0)).magnitude) }
  }

  /// |H⁻¹| times the errors of Jᵀr.
  func stepErrors(_ gradientErrors: [Double]) -> [Double]? {
    guard step != nil else { return nil }
    let p = norms.count
    var result = Array(repeating: 0.0, count: p)
    for j in 0..<p {
      var unit = Array(repeating: 0.0, count: p)
      unit[j] = gradientErrors[j] / norms[j]
      guard let moved = solve(factor.solveTransposed(unit)) else { return nil }
      for i in 0..<p { result[i] += moved[i].magnitude }
    }
    return result
  }
}
