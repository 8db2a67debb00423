// SPDX-License-Identifier: Apache-2.0

/// The noise in five evenly spaced values: their fourth and third differences, scaled by the root of the sum of the
/// squared binomial coefficients (√70, √20), the largest of three.
func roughness(of line: [Double]) -> Double {
  var largest = (line[4] - 4 * line[3] + 6 * line[2] - 4 * line[1] + line[0]).magnitude / 70.0.squareRoot()
  for i in 0..<(line.count - 3) {
    largest = max(
      largest, (line[i + 3] - 3 * line[i + 2] + 3 * line[i + 1] - line[i]).magnitude / 20.0.squareRoot())
  }
  return largest
}

/// The number that the smallest changes of a function are multiples of, by Euclid's algorithm; nil without such a number
/// well above the roundoff.
///
/// Values that were rounded to single precision, to digits of a printout or beside a larger number have one. It is asked
/// for only where neighbouring values are equal that should not be: at evenly spaced points a straight line has one, too.
func granularity(of values: [Double], around center: Double) -> Double? {
  let changes = Set(values.map { ($0 - center).magnitude }.filter { $0 > 0 }).sorted().prefix(8)
  guard var common = changes.first else { return nil }
  let tolerance = 4 * (values.map(\.magnitude).max() ?? 0).ulp
  for change in changes.dropFirst() {
    var (larger, smaller) = (change, common)
    while true {
      // A logarithm of rounded values bends the multiples a little.
      let rest = larger.remainder(dividingBy: smaller).magnitude
      if rest <= max(tolerance, smaller / 64) { break }
      (larger, smaller) = (smaller, rest)
    }
    common = smaller
  }
  return common > 32 * tolerance ? common : nil
}
