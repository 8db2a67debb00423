// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Whether two numbers are the same to the last bit; every NaN is the same as every other.
func sameBits(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }

/// Whether two vectors are the same to the last bit.
func sameBits(_ a: [Double], _ b: [Double]) -> Bool { a.count == b.count && zip(a, b).allSatisfy(sameBits) }

/// Whether two matrices are the same to the last bit.
func sameBits(_ a: [[Double]], _ b: [[Double]]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { sameBits($0, $1) }
}

/// Whether two results are the same to the last bit, errors, statuses and counts included.
func sameBits(_ a: DerivativeResult, _ b: DerivativeResult) -> Bool {
  let errors =
    switch (a.errors, b.errors) {
    case (nil, nil): true
    case (let x?, let y?): sameBits(x, y)
    default: false
    }
  return errors && sameBits(a.value, b.value) && sameBits(a.rows, b.rows) && a.statuses == b.statuses
    && a.evaluations == b.evaluations && a.method == b.method
}

/// The distance of two numbers in units of the last place of the larger; 0 for equal bits or two NaN, ∞ where only one
/// is NaN or infinite.
func ulps(between a: Double, and b: Double) -> Double {
  if a == b || (a.isNaN && b.isNaN) { return 0 }
  guard a.isFinite, b.isFinite else { return .infinity }
  return (a - b).magnitude / max(a.magnitude, b.magnitude).ulp
}

/// A vector as text, the first eight elements.
func text(_ x: [Double]) -> String {
  "[" + (x.prefix(8).map { "\($0)" } + (x.count > 8 ? ["…"] : [])).joined(separator: ", ") + "]"
}
