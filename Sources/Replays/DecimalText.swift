// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A number with a fixed count of decimals, as `'{:.3f}'.format` prints it.
func decimals(_ x: Double, _ count: Int) -> String { String(format: "%.\(count)f", x) }

/// The middle of the sorted values; the mean of the two middle ones of an even count.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return .nan }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
