// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// Starts by a grid over the parameters in which a curve is not linear, with linear least squares for the others.
///
/// The idea of variable projection, Golub & Pereyra 1973, doi:10.1137/0710036, on a grid. At most `limit` rows are
/// looked at, evenly spread.
struct StartGrid {
  /// The smallest predictor.
  let low: Double
  /// The largest.
  let high: Double
  private let curve: String
  private let x: [Double]
  private let y: [Double]

  init(_ samples: CurveSamples, for curve: String, atLeast rows: Int, limit: Int = 512) throws {
    self.curve = curve
    let step = max(1, samples.count / limit)
    let picked = Array(stride(from: 0, to: samples.count, by: step))
    x = picked.map { samples.predictors[$0 * samples.width] }
    y = picked.map { samples.response[$0] }
    low = x.min() ?? 0
    high = x.max() ?? 0
    try require(samples.count >= rows, "there are only \(samples.count) rows")
    try require(high > low, "x does not vary")
  }

  /// The number of rows looked at.
  var count: Int { x.count }

  /// Throws where the data do not suit the curve.
  func require(_ condition: Bool, _ reason: String) throws {
    guard condition else {
      throw DifferentiationError.incompatible("\(curve) cannot guess a start: \(reason)", wayOut: "give a start")
    }
  }

  /// 1/length for lengths from a fiftieth of the range to ten ranges.
  var reciprocalLengths: [Double] { (-7...11).map { Double.exp2(Double($0) / 2) / (high - low) } }

  /// The same with both signs.
  var signedReciprocalLengths: [Double] { reciprocalLengths.flatMap { [$0, -$0] } }

  /// Places inside the range and half of it beyond on both sides.
  var places: [Double] { (-8...24).map { low + (high - low) * Double($0) / 16 } }

  /// Positive places up to four times the largest predictor, evenly in the logarithm.
  var positivePlaces: [Double] {
    let largest = high
    return (-16...4).map { largest * Double.exp2(Double($0) / 2) }
  }

  /// At most 48 of the predictors themselves: peaks are where data are.
  var points: [Double] {
    let sorted = x.sorted()
    let step = max(1, sorted.count / 48)
    return stride(from: 0, to: sorted.count, by: step).map { sorted[$0] }
  }

  /// Widths from a hundredth of the range to the range.
  var widths: [Double] { (0...13).map { (high - low) * Double.exp2(-Double($0) / 2) } }

  /// Every pair.
  func pairs(_ a: [Double], _ b: [Double]) -> [[Double]] { a.flatMap { first in b.map { [first, $0] } } }

  /// The candidate with the smallest sum of squares, with the coefficients of its basis functions.
  func best(
    of candidates: [[Double]], _ basis: (_ candidate: [Double], _ x: Double) -> [Double]
  ) throws -> (candidate: [Double], coefficients: [Double]) {
    var best: (candidate: [Double], coefficients: [Double], sum: Double)?
    // Squares of responses of 10²⁰⁰ overflow.
    let largest = y.map(\.magnitude).max() ?? 0
    let unit = largest > 0 ? largest : 1
    for candidate in candidates {
      let rows = x.map { basis(candidate, $0) }
      guard let coefficients = leastSquares(rows) else { continue }
      var sum = 0.0
      for (row, target) in zip(rows, y) {
        let residual = zip(row, coefficients).reduce(-target) { $0 + $1.0 * $1.1 }
        sum += (residual / unit) * (residual / unit)
      }
      if sum.isFinite, sum < best?.sum ?? .infinity { best = (candidate, coefficients, sum) }
    }
    guard let best else {
      throw DifferentiationError.incompatible(
        "\(curve) cannot guess a start: nothing on its grid comes near the data", wayOut: "give a start")
    }
    return (best.candidate, best.coefficients)
  }

  /// Up to three coefficients by orthogonalisation; nil where the columns are not independent.
  private func leastSquares(_ rows: [[Double]]) -> [Double]? {
    guard let width = rows.first?.count else { return nil }
    var columns = (0..<width).map { j in rows.map { $0[j] } }
    var (target, r) = (y, Array(repeating: Array(repeating: 0.0, count: width), count: width))
    var projected = Array(repeating: 0.0, count: width)
    for j in 0..<width {
      let before = columns[j].reduce(0) { $0 + $1 * $1 }
      for k in 0..<j {
        let dot = zip(columns[k], columns[j]).reduce(0) { $0 + $1.0 * $1.1 }
        r[k][j] = dot
        for i in columns[j].indices { columns[j][i] -= dot * columns[k][i] }
      }
      let norm = columns[j].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm.isFinite, norm > 1e-7 * before.squareRoot() else { return nil }
      r[j][j] = norm
      for i in columns[j].indices { columns[j][i] /= norm }
      projected[j] = zip(columns[j], target).reduce(0) { $0 + $1.0 * $1.1 }
      for i in target.indices { target[i] -= projected[j] * columns[j][i] }
    }
    var result = projected
    for j in (0..<width).reversed() {
      for k in (j + 1)..<max(width, j + 1) { result[j] -= r[j][k] * result[k] }
      result[j] /= r[j][j]
    }
    return result.allSatisfy(\.isFinite) ? result : nil
  }
}
