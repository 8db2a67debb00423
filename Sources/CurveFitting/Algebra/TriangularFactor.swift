// SPDX-License-Identifier: Apache-2.0
//
// R and Qᵀb of a tall matrix, block of rows by block of rows: each block is reduced together with the R so far, so any
// number of rows takes the memory of one block. Normal equations would square the condition number; this does not.
// Rejected: keeping Q; nobody asks for it.

/// R of A = QR and Qᵀb, accumulated over blocks of rows by Householder reflections.
///
/// Golub & Van Loan, Matrix Computations, 4th ed., section 5.2; over blocks: Demmel et al. 2012, doi:10.1137/080731992.
struct TriangularFactor: Sendable {
  /// The number of columns.
  let size: Int
  /// R, upper triangular, row-major.
  private(set) var r: [Double]
  /// Qᵀb.
  private(set) var qtb: [Double]
  /// The sum of the squares of what of b is outside A's columns.
  private(set) var restSquares = 0.0

  /// The factor of no rows.
  init(size: Int) {
    self.size = size
    r = Array(repeating: 0, count: size * size)
    qtb = Array(repeating: 0, count: size)
  }

  /// A factor that is known.
  init(upper: [Double], qtb: [Double], size: Int) {
    self.size = size
    r = upper
    self.qtb = qtb
  }

  /// Adds rows: `columns` holds the block column by column, `b` the right-hand side; both are used up.
  mutating func add(columns: inout [Double], rows m: Int, _ b: inout [Double]) {
    guard m > 0 else { return }
    let p = size
    for j in 0..<p {
      let start = j * m
      var squares = 0.0
      for i in start..<(start + m) { squares += columns[i] * columns[i] }
      guard squares > 0 else { continue }
      let head = r[j * p + j]
      let norm = (head * head + squares).squareRoot()
      let alpha = head > 0 ? -norm : norm
      let first = head - alpha
      // v = (first, column); H = I - β v vᵀ.
      let beta = 2 / (first * first + squares)
      r[j * p + j] = alpha
      for k in (j + 1)..<max(p, j + 1) {
        let other = k * m
        var dot = first * r[j * p + k]
        for i in 0..<m { dot += columns[start + i] * columns[other + i] }
        dot *= beta
        r[j * p + k] -= dot * first
        for i in 0..<m { columns[other + i] -= dot * columns[start + i] }
      }
      var dot = first * qtb[j]
      for i in 0..<m { dot += columns[start + i] * b[i] }
      dot *= beta
      qtb[j] -= dot * first
      for i in 0..<m { b[i] -= dot * columns[start + i] }
    }
    for i in 0..<m { restSquares += b[i] * b[i] }
  }

  /// Adds another factor's rows.
  mutating func add(_ other: TriangularFactor) {
    var columns = Array(repeating: 0.0, count: size * size)
    for i in 0..<size {
      for j in i..<size { columns[j * size + i] = other.r[i * size + j] }
    }
    var b = other.qtb
    add(columns: &columns, rows: size, &b)
    restSquares += other.restSquares
  }

  /// The factor of A diag(d)⁻¹.
  func scaled(by d: [Double]) -> TriangularFactor {
    var result = self
    for i in 0..<size {
      for j in i..<size { result.r[i * size + j] /= d[j] }
    }
    return result
  }

  /// The Euclidean norms of A's columns.
  var columnNorms: [Double] {
    (0..<size).map { j in
      let largest = (0...j).map { r[$0 * size + j].magnitude }.max() ?? 0
      guard largest > 0 else { return 0 }
      return largest
        * (0...j).reduce(0.0) { $0 + (r[$1 * size + j] / largest) * (r[$1 * size + j] / largest) }.squareRoot()
    }
  }

  /// R⁻¹ z.
  func solve(_ z: [Double]) -> [Double] {
    var x = z
    for i in (0..<size).reversed() {
      for j in (i + 1)..<max(size, i + 1) { x[i] -= r[i * size + j] * x[j] }
      x[i] /= r[i * size + i]
    }
    return x
  }

  /// R⁻ᵀ z.
  func solveTransposed(_ z: [Double]) -> [Double] {
    var x = z
    for i in 0..<size {
      for j in 0..<i { x[i] -= r[j * size + i] * x[j] }
      x[i] /= r[i * size + i]
    }
    return x
  }

  /// R⁻¹, row-major.
  var inverse: [Double] {
    var result = Array(repeating: 0.0, count: size * size)
    for j in 0..<size {
      let column = solve((0..<size).map { $0 == j ? 1 : 0 })
      for i in 0..<size { result[i * size + j] = column[i] }
    }
    return result
  }
}
