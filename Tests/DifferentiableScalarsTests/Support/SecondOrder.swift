// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Value, slope and curvature at a point, as every scalar with second derivatives gives them.
struct SecondOrder: Sendable, CustomStringConvertible {
  let scalar: String
  let value: Double
  let first: Double
  let second: Double

  var description: String { "\(scalar): \(value), \(first), \(second)" }

  /// By `Dual<Dual<Double>>`, `Dual<BatchedDual8>`, `Dual<Variable>` and `Dual<ComplexStep>`.
  static func all(_ f: some UnivariateFunction, at x: Double) throws -> [SecondOrder] {
    let tape = Tape()
    let v = tape.variable(x)
    let a = try f(Dual(Dual<Double>(x, tangent: 1), tangent: 1))
    let b = try f(Dual(BatchedDual8(x, tangent: SIMD8(repeating: 1)), tangent: 1))
    let c = try f(Dual(v, tangent: 1))
    let d = try f(Dual(ComplexStep.variable(x), tangent: 1))
    return [
      SecondOrder(
        scalar: "Dual<Dual>", value: a.primal, first: a.tangent.value, second: a.tangent.tangent),
      SecondOrder(
        scalar: "Dual<BatchedDual8>", value: b.primal, first: b.tangent.value, second: b.tangent.tangent[3]),
      SecondOrder(
        scalar: "Dual<Variable>", value: c.primal, first: c.tangent.value, second: tape.adjoints(of: c.tangent)[v]),
      SecondOrder(
        scalar: "Dual<ComplexStep>", value: d.primal, first: d.tangent.real, second: d.tangent.tangent),
    ]
  }

  /// The slope by each first-order scalar.
  static func slopes(_ f: some UnivariateFunction, at x: Double) throws -> [(scalar: String, slope: Double)] {
    let tape = Tape()
    let v = tape.variable(x)
    return [
      ("Dual", try f(Dual<Double>(x, tangent: 1)).tangent),
      ("BatchedDual8", try f(BatchedDual8(x, tangent: SIMD8(repeating: 1))).tangent[7]),
      ("Variable", tape.adjoints(of: try f(v))[v]),
      ("ComplexStep", try f(ComplexStep.variable(x)).tangent),
    ]
  }
}
