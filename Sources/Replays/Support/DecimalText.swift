// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A number with a fixed count of decimals, as `'{:.3f}'.format` prints it.
func decimals(_ x: Double, _ count: Int) -> String { String(format: "%.\(count)f", x) }

/// The numbers with a fixed count of decimals, with commas between them.
func decimals(_ values: some Sequence<Double>, _ count: Int) -> String {
  values.map { decimals($0, count) }.joined(separator: ", ")
}

/// A number as Python's `print` shows it: the shortest digits that read back as the same.
func python(_ x: Double) -> String {
  if x.isNaN { return "nan" }
  if x.isInfinite { return x < 0 ? "-inf" : "inf" }
  // A zero has no sign here: which one it has depends on the order of a sum.
  return x == 0 ? "0.0" : "\(x)"
}

/// A number in three significant digits, for figures over seeds.
func short(_ x: Double) -> String {
  if x.isNaN { return "nan" }
  return String(format: "%.3g", x)
}

/// The mean; nothing of no values.
func mean(_ values: [Double]) -> Double { values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count) }

/// The middle of the sorted values; the mean of the two middle ones of an even count. Nothing where one is no number.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty, !values.contains(where: \.isNaN) else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
