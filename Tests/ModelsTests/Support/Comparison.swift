// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Fewer than 10³ roundings of 2⁻⁵³ each, with a growth of at most 10: 10⁻¹².
let roundingTolerance = 1e-12

/// |a - b| ≤ relative · max(|b|, scale); false for a NaN on either side.
func agrees(_ a: Double, _ b: Double, relative: Double = roundingTolerance, scale: Double = 0) -> Bool {
  a == b || (a - b).magnitude <= relative * max(b.magnitude, scale)
}

/// ``agrees(_:_:relative:scale:)`` for lists of the same length, the scale being the largest element of `b`.
func agrees(_ a: [Double], _ b: [Double], relative: Double = roundingTolerance) -> Bool {
  let scale = b.reduce(0) { max($0, $1.magnitude) }
  return a.count == b.count && zip(a, b).allSatisfy { agrees($0, $1, relative: relative, scale: scale) }
}

/// Value and gradient of a function on a tape of its own.
func valueAndGradient(
  at x: [Double], of f: ([Variable]) throws -> Variable
) rethrows -> (value: Double, gradient: [Double]) {
  let tape = Tape()
  let variables = tape.variables(x)
  let y = try f(variables)
  let adjoints = tape.adjoints(of: y)
  return (y.value, variables.map { adjoints[$0] })
}

/// The slope along the unit vector i, by dual numbers.
func slope(at x: [Double], along i: Int, of f: ([Dual<Double>]) throws -> Dual<Double>) rethrows -> Double {
  try f(x.indices.map { Dual(x[$0], tangent: $0 == i ? 1 : 0) }).tangent
}
