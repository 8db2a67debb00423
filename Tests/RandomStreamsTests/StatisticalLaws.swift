// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// Laws that a sample obeys up to five standard deviations of the statistic: 6·10⁻⁷ for a chance failure of one, and the
/// seeds are fixed, so a test that passes keeps passing.
private let deviations = 5.0

/// Whether the sample mean, variance, skewness and kurtosis are those of a normal distribution.
///
/// For n normal numbers the standard deviations are 1/√n, √(2/n), √(6/n) and √(24/n).
func isStandardNormal(_ values: [Double], kurtosis: Double = 3) -> Bool {
  let count = Double(values.count)
  func moment(_ power: Int) -> Double {
    values.reduce(0) { sum, value in sum + (0..<power).reduce(1.0) { product, _ in product * value } } / count
  }
  let bounds = [1, 2, 6, 24].map { deviations * ($0 / count).squareRoot() }
  // E z⁴ and E z³ about zero: the central ones, but for terms in the squared mean.
  let variance = moment(2)
  let errors = [
    moment(1), variance - 1, moment(3) - 3 * moment(1) * variance,
    moment(4) / (variance * variance) - kurtosis,
  ]
  return zip(errors, bounds).allSatisfy { abs($0) <= $1 }
}

/// Whether values in [0, 1) fill 64 equal cells evenly, and successive pairs 16 × 16 cells.
func isUniform(_ values: [Double]) -> Bool {
  guard values.allSatisfy({ (0..<1).contains($0) }) else { return false }
  var cells = Array(repeating: 0, count: 64)
  var pairs = Array(repeating: 0, count: 256)
  for value in values {
    cells[Int(value * 64)] += 1
  }
  for index in stride(from: 0, to: values.count - 1, by: 2) {
    pairs[Int(values[index] * 16) * 16 + Int(values[index + 1] * 16)] += 1
  }
  return isEven(cells) && isEven(pairs)
}

/// Whether counts agree with equal probabilities: χ² of k cells has mean k − 1 and variance 2(k − 1). Both tails count:
/// too even is wrong as well.
func isEven(_ counts: [Int]) -> Bool {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  let freedom = Double(counts.count - 1)
  let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  // The Wilson-Hilferty transform: (χ²/f)^⅓ is nearly normal; here compared at its edges, cubed.
  func edge(_ sigmas: Double) -> Double {
    let root = 1 - 2 / (9 * freedom) + sigmas * (2 / (9 * freedom)).squareRoot()
    return freedom * root * root * root
  }
  return statistic >= edge(-deviations) && statistic <= edge(deviations)
}

/// Whether the 24 orders of 0, 1, 2, 3 all occur, nothing else does, and none is preferred.
func isFair(_ orders: [[Int]: Int]) -> Bool {
  orders.count == 24 && orders.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] }
    && isEven(Array(orders.values))
}

/// Whether two samples have a correlation within 5/√n of zero.
func areUncorrelated(_ left: [Double], _ right: [Double]) -> Bool {
  let count = Double(left.count)
  let leftMean = left.reduce(0, +) / count
  let rightMean = right.reduce(0, +) / count
  var products = (0.0, 0.0, 0.0)
  for (x, y) in zip(left, right) {
    products.0 += (x - leftMean) * (y - rightMean)
    products.1 += (x - leftMean) * (x - leftMean)
    products.2 += (y - rightMean) * (y - rightMean)
  }
  let correlation = products.0 / (products.1 * products.2).squareRoot()
  return abs(correlation) <= deviations / count.squareRoot()
}
