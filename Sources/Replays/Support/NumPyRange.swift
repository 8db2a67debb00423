// SPDX-License-Identifier: Apache-2.0

/// The numbers of NumPy's `arange(start, end, step)`: ⌈(end - start) / step⌉ of them, from start on.
func numPyRange(from start: Double, to end: Double, step: Double) -> [Double] {
  let count = max(0, Int(((end - start) / step).rounded(.up)))
  return (0..<count).map { start + Double($0) * step }
}
