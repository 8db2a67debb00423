// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// All scalars on random expression graphs, and the law that ties forward to reverse mode.
struct RandomProgramTests {
  static let programs = (1...60).map { seed in
    RandomProgram(seed: UInt64(seed), inputs: 5, operations: 8 + seed, outputs: 3)
  }

  /// Each of up to 70 operations adds a few units to a derivative and amplifies what came before by a moderate factor;
  /// 10⁵ ulps of the size of the sum's terms leaves a factor of a hundred. A wrong rule is off by far more than 10⁻¹¹.
  static let tolerance = 1e5 * Double.ulpOfOne

  private func forward(_ p: RandomProgram, _ x: [Double], _ t: [Double]) -> [Double] {
    p(zip(x, t).map { Dual<Double>($0, tangent: $1) }).map(\.tangent)
  }

  private func reverse(_ p: RandomProgram, _ x: [Double], _ c: [Double]) -> [Double] {
    let tape = Tape()
    let v = tape.variables(x)
    let adjoints = tape.adjoints(of: zip(p(v), c).map { ($0, $1) })
    return v.map { adjoints[$0] }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> (sum: Double, size: Double) {
    zip(a, b).reduce((0, 1)) { ($0.0 + $1.0 * $1.1, $0.1 + ($1.0 * $1.1).magnitude) }
  }

  /// ⟨t, Jᵀc⟩ = ⟨J t, c⟩.
  @Test(arguments: programs)
  func adjointLaw(program: RandomProgram) {
    let x = program.numbers(5, stream: 1)
    let t = program.numbers(5, stream: 2)
    let c = program.numbers(3, stream: 3)
    let left = dot(t, reverse(program, x, c))
    let right = dot(forward(program, x, t), c)
    #expect((left.sum - right.sum).magnitude <= Self.tolerance * (left.size + right.size))
    #expect(left.sum != 0)
  }

  @Test(arguments: programs)
  func allScalarsAgree(program: RandomProgram) {
    let x = program.numbers(5, stream: 1)
    let t = program.numbers(5, stream: 2)
    let expected = forward(program, x, t)
    let batch = program(zip(x, t).map { BatchedDual8($0, tangent: SIMD8(repeating: $1)) }).map { $0.tangent[4] }
    let complex = program(zip(x, t).map { ComplexStep.variable($0, tangent: $1) }).map(\.tangent)
    let size = expected.reduce(1) { $0 + $1.magnitude }
    for i in expected.indices {
      #expect((batch[i] - expected[i]).magnitude <= Self.tolerance * size)
      #expect((complex[i] - expected[i]).magnitude <= Self.tolerance * size)
    }
  }

  /// D²f[u, v] by three nestings, and both ways round: the symmetry of the Hessian.
  @Test(arguments: programs)
  func secondDerivativesAgreeAndAreSymmetric(program: RandomProgram) {
    let x = program.numbers(5, stream: 1)
    let u = program.numbers(5, stream: 2)
    let v = program.numbers(5, stream: 4)
    func twice(_ u: [Double], _ v: [Double]) -> Double {
      program(x.indices.map { Dual(Dual<Double>(x[$0], tangent: u[$0]), tangent: Dual(v[$0])) })[0].tangent.tangent
    }
    let tape = Tape()
    let inputs = tape.variables(x)
    let y = program(zip(inputs, v).map { Dual($0, tangent: Variable($1)) })[0].tangent
    let adjoints = tape.adjoints(of: y)
    let product = dot(u, inputs.map { adjoints[$0] })
    let complex = program(
      x.indices.map { Dual(ComplexStep.variable(x[$0], tangent: u[$0]), tangent: ComplexStep(v[$0])) })[0].tangent
      .tangent
    let size = product.size + twice(u, v).magnitude
    #expect((twice(u, v) - twice(v, u)).magnitude <= Self.tolerance * size)
    #expect((twice(u, v) - product.sum).magnitude <= Self.tolerance * size)
    #expect((twice(u, v) - complex).magnitude <= Self.tolerance * size)
  }

  /// The tolerance would not hide a percent: a reverse sweep with one wrong partial breaks the law.
  @Test func theLawRejectsAWrongRule() {
    var broken = 0
    for program in Self.programs {
      let x = program.numbers(5, stream: 1)
      let t = program.numbers(5, stream: 2)
      let c = program.numbers(3, stream: 3)
      let plan = Mutant.Plan(rule: "*", slot: 0, mistake: .offByAMillionth)
      let mutated = Mutant.$plan.withValue(plan) { program(zip(x, t).map { Mutant($0, tangent: $1) }).map(\.tangent) }
      let left = dot(t, reverse(program, x, c))
      let right = dot(mutated, c)
      if !((left.sum - right.sum).magnitude <= Self.tolerance * (left.size + right.size)) { broken += 1 }
    }
    #expect(broken > 50)
  }
}
