// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// What a function gives on each shipped scalar: all parts of the results, derivatives included.
struct ScalarProbe {
  /// The scalar's name and the parts.
  var results: [(scalar: String, parts: [Double])] = []
  /// The values alone, one list a scalar.
  var values: [(scalar: String, values: [Double])] = []
  /// The derivative of Σ outputs along ``direction(_:)``, one a scalar that carries it.
  var slopes: [(scalar: String, slope: Double)] = []

  /// The common direction.
  static func direction(_ i: Int) -> Double { Double.cos(Double(3 * i)) }

  /// Evaluates `f` at x on every shipped scalar.
  init(_ f: some VectorFunction, at x: [Double]) throws {
    func u(_ i: Int) -> Double { Self.direction(i) }
    func v(_ i: Int) -> Double { Double.sin(Double(2 * i + 1)) }
    func lanes(_ i: Int) -> SIMD8<Double> {
      var lanes = SIMD8<Double>(repeating: u(i))
      for lane in 1..<8 { lanes[lane] = Double.cos(Double(i + lane)) }
      return lanes
    }
    func all(_ lanes: SIMD8<Double>) -> [Double] { lanes.indices.map { lanes[$0] } }
    let n = x.indices

    try add("Double", f(x)) { [$0] }
    try add("Dual", f(n.map { Dual(x[$0], tangent: u($0)) }), slope: \.tangent) { [$0.value, $0.tangent] }
    try add("BatchedDual8", f(n.map { BatchedDual8(x[$0], tangent: lanes($0)) }), slope: { $0.tangent[0] }) {
      [$0.value] + all($0.tangent)
    }
    try add(
      "ComplexStep", f(n.map { ComplexStep.variable(x[$0], tangent: u($0)) }), slope: \.tangent
    ) { [$0.real, $0.imaginary] }
    try add(
      "Dual<Dual>", f(n.map { Dual(Dual(x[$0], tangent: u($0)), tangent: Dual(v($0))) }), slope: \.value.tangent
    ) { [$0.value.value, $0.value.tangent, $0.tangent.value, $0.tangent.tangent] }
    try add(
      "Dual<BatchedDual8>",
      f(n.map { Dual(BatchedDual8(x[$0], tangent: lanes($0)), tangent: BatchedDual8(v($0))) }),
      slope: { $0.value.tangent[0] }
    ) { [$0.value.value, $0.tangent.value] + all($0.value.tangent) + all($0.tangent.tangent) }
    try add(
      "Dual<ComplexStep>",
      f(n.map { Dual(ComplexStep.variable(x[$0], tangent: u($0)), tangent: ComplexStep(v($0))) }),
      slope: \.value.tangent
    ) { [$0.value.real, $0.value.imaginary, $0.tangent.real, $0.tangent.imaginary] }
    try addTape(f, x, u)
    try addNestedTape(f, x, u)
  }

  private mutating func add<S: DifferentiableScalar>(
    _ name: String, _ y: [S], slope: ((S) -> Double)? = nil, _ parts: (S) -> [Double]
  ) {
    results.append((name, y.flatMap(parts)))
    values.append((name, y.map(\.primal)))
    if let slope { slopes.append((name, y.reduce(0) { $0 + slope($1) })) }
  }

  private mutating func addTape(_ f: some VectorFunction, _ x: [Double], _ u: (Int) -> Double) throws {
    let tape = Tape()
    let inputs = tape.variables(x)
    let y = try f(inputs)
    let adjoints = tape.adjoints(of: y.map { ($0, 1) })
    let gradient = inputs.map { adjoints[$0] }
    results.append(("Variable", y.map(\.value) + gradient))
    values.append(("Variable", y.map(\.value)))
    slopes.append(("Variable", gradient.indices.reduce(0) { $0 + gradient[$1] * u($1) }))
  }

  private mutating func addNestedTape(_ f: some VectorFunction, _ x: [Double], _ u: (Int) -> Double) throws {
    let tape = Tape()
    let inputs = tape.variables(x)
    let y = try f(x.indices.map { Dual(inputs[$0], tangent: Variable(u($0))) })
    let adjoints = tape.adjoints(of: y.map { ($0.tangent, 1) })
    results.append(("Dual<Variable>", y.flatMap { [$0.value.value, $0.tangent.value] } + inputs.map { adjoints[$0] }))
    values.append(("Dual<Variable>", y.map(\.primal)))
    slopes.append(("Dual<Variable>", y.reduce(0) { $0 + $1.tangent.value }))
  }
}
