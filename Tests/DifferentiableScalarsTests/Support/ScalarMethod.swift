// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A scalar as a method of differentiation: what it knows of a function at a point, and how exactly.
struct ScalarMethod: Sendable, CustomStringConvertible {
  let name: String
  /// The allowed errors of value, slope and curvature, in units of the conditioned result; nil for an order that the
  /// scalar does not carry.
  let units: [Double?]
  /// The absolute error that the representation itself makes, by order.
  let floors: [Double]
  let evaluate: @Sendable (AnyUnivariateFunction, Double) throws -> [Double]

  var description: String { name }

  init(
    _ name: String, units: [Double?], floors: [Double] = [0, 0, 0],
    _ evaluate: @escaping @Sendable (AnyUnivariateFunction, Double) throws -> [Double]
  ) {
    self.name = name
    self.units = units
    self.floors = floors
    self.evaluate = evaluate
  }
}

extension ScalarMethod {
  /// The one table of tolerances.
  ///
  /// The unit is half an ulp, or the rounding that the formula makes unavoidable if that is more: the largest deviation in
  /// 16 random runs (`ReferenceNumber.unit`). A function of the C library is off by up to 1 ulp, which is 2 units, and the
  /// 16 runs find half of the worst case or more: 2 · 2 = 4 units for a value. A rule's slope is a formula of up to four
  /// such operations where the table's runs had one: 4 + 4. Its derivative has twice as many: 8 + 8.
  /// The complex step's formulas have as many operations. Its imaginary part vanishes below 2⁻¹⁰⁷⁴, which in the
  /// derivative is 2⁻¹⁰⁷⁴ / h = 2⁻⁷⁴², and up to four such quanta are lost on the way; in a curvature sixteen.
  static let all: [ScalarMethod] = [
    ScalarMethod("Double", units: [4, nil, nil]) { f, x in [try f(x)] },
    ScalarMethod("Dual", units: [4, 8, nil]) { f, x in
      let y = try f(Dual<Double>(x, tangent: 1))
      return [y.value, y.tangent]
    },
    ScalarMethod("BatchedDual8", units: [4, 8, nil]) { f, x in
      let y = try f(BatchedDual8(x, tangent: SIMD8(1, 0, -1, 2, 0.5, -4, 8, 1)))
      let t = y.tangent
      // Powers of two scale exactly, so all lanes say the same.
      let lanes = [t[0], -t[2], t[3] / 2, t[4] * 2, t[5] / -4, t[6] / 8, t[7]]
      return [y.value, lanes.allSatisfy { $0 == t[0] } && t[1] == 0 ? t[0] : .nan]
    },
    ScalarMethod("Variable", units: [4, 8, nil]) { f, x in
      let tape = Tape()
      let v = tape.variable(x)
      let y = try f(v)
      return [y.value, tape.adjoints(of: y)[v]]
    },
    ScalarMethod("ComplexStep", units: [4, 8, nil], floors: [0, 0x1p-740, 0]) { f, x in
      let y = try f(ComplexStep.variable(x))
      return [y.real, y.tangent]
    },
    ScalarMethod("Dual<Dual>", units: [4, 8, 16]) { f, x in
      let y = try f(Dual(Dual<Double>(x, tangent: 1), tangent: 1))
      return [y.primal, y.tangent.value, y.tangent.tangent]
    },
    ScalarMethod("Dual<BatchedDual8>", units: [4, 8, 16]) { f, x in
      let y = try f(Dual(BatchedDual8(x, tangent: SIMD8(repeating: 1)), tangent: 1))
      return [y.primal, y.tangent.value, y.tangent.tangent[5]]
    },
    ScalarMethod("Dual<Variable>", units: [4, 8, 16]) { f, x in
      let tape = Tape()
      let v = tape.variable(x)
      let y = try f(Dual(v, tangent: 1))
      return [y.primal, y.tangent.value, tape.adjoints(of: y.tangent)[v]]
    },
    ScalarMethod("Dual<ComplexStep>", units: [4, 8, 16], floors: [0, 0, 0x1p-738]) { f, x in
      let y = try f(Dual(ComplexStep.variable(x), tangent: 1))
      return [y.primal, y.tangent.real, y.tangent.tangent]
    },
    // Not shipped: through the slow path.
    ScalarMethod("BatchedDual<SIMD2>", units: [4, 8, nil]) { f, x in
      let y = try f(BatchedDual<SIMD2<Double>>(x, tangent: SIMD2(1, 0)))
      return [y.value, y.tangent[0]]
    },
    ScalarMethod("BatchedDual<SIMD16>", units: [4, 8, nil]) { f, x in
      try wide(f, BatchedDual<SIMD16<Double>>(x))
    },
    ScalarMethod("BatchedDual<SIMD32>", units: [4, 8, nil]) { f, x in
      try wide(f, BatchedDual<SIMD32<Double>>(x))
    },
    ScalarMethod("BatchedDual<SIMD64>", units: [4, 8, nil]) { f, x in
      try wide(f, BatchedDual<SIMD64<Double>>(x))
    },
  ]

  /// Seeds 1, 2, 4, 8, 0 in turn; lanes that do not scale with their seeds give NaN.
  private static func wide<Lanes: TangentLanes>(
    _ f: AnyUnivariateFunction, _ x: BatchedDual<Lanes>
  ) throws -> [Double] {
    let seeds = [1, 2, 4, 8, 0.0]
    var point = x
    for lane in 0..<Lanes.scalarCount { point.tangent[lane] = seeds[lane % 5] }
    let y = try f(point)
    let slope = y.tangent[0]
    let areRight = (0..<Lanes.scalarCount).allSatisfy { lane in
      let seed = seeds[lane % 5]
      return y.tangent[lane] == (seed == 0 ? 0 : slope * seed)
    }
    return [y.value, areRight ? slope : .nan]
  }
}
