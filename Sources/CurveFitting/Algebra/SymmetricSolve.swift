// SPDX-License-Identifier: Apache-2.0

/// Cholesky's factor of a symmetric positive definite matrix.
struct CholeskyFactor {
  private let size: Int
  private var l: [Double]

  /// The factor; nil where the matrix is not positive definite.
  init?(_ matrix: [Double], size: Int) {
    self.size = size
    l = matrix
    for j in 0..<size {
      for i in j..<size {
        var sum = l[i * size + j]
        for k in 0..<j { sum -= l[i * size + k] * l[j * size + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          l[j * size + j] = sum.squareRoot()
        } else {
          l[i * size + j] = sum / l[j * size + j]
        }
      }
    }
  }

  /// Lᵀ, row-major.
  var upper: [Double] {
    var result = Array(repeating: 0.0, count: size * size)
    for i in 0..<size {
      for j in 0...i { result[j * size + i] = l[i * size + j] }
    }
    return result
  }

  /// The solution of L x = b.
  func solveLower(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<size {
      for k in 0..<i { x[i] -= l[i * size + k] * x[k] }
      x[i] /= l[i * size + i]
    }
    return x
  }

  /// The solution of A x = b.
  func solve(_ b: [Double]) -> [Double] {
    var x = solveLower(b)
    for i in (0..<size).reversed() {
      for k in (i + 1)..<max(size, i + 1) { x[i] -= l[k * size + i] * x[k] }
      x[i] /= l[i * size + i]
    }
    return x
  }
}
