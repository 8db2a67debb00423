// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// NaN, infinities and empty arrays in every place: nothing crashes, and what is compared is compared as `Double` does.
struct NonFiniteTests {
  static let numbers: [Double] = [.nan, .infinity, -.infinity, 0, -0.0, 1, -1, 1e308, -0x1p-1074, 0.5]

  private func comparisons<S: DifferentiableScalar>(_ x: S, _ y: S) -> [Bool] {
    [x == y, x != y, x < y, x <= y, x > y, x >= y]
  }

  /// Every unary and binary operation and kernel, for their values.
  private func operations<S: DifferentiableScalar>(_ x: S, _ y: S) -> [S] {
    let unary: [S] = [
      -x, S.exp(x), S.expMinusOne(x), S.log(x), S.log(onePlus: x), S.sin(x), S.cos(x), S.tan(x), S.asin(x), S.acos(x),
      S.atan(x), S.sinh(x), S.cosh(x), S.tanh(x), S.asinh(x), S.acosh(x), S.atanh(x), S.sqrt(x), S.erf(x), S.abs(x),
      S.relu(x), S.sigmoid(x), S.softplus(x), S.logSigmoid(x), x.magnitude, x.detached,
    ]
    let integers: [S] = [.min, -3, -1, 0, 1, 2, 17, .max].flatMap { [S.pow(x, $0), S.root(x, $0)] }
    let binary: [S] = [
      x + y, x - y, x * y, x / y, S.pow(x, y), S.atan2(y: x, x: y), S.hypot(x, y), S.min(x, y), S.max(x, y),
      S.clamp(x, lower: y, upper: 1), S.leakyRelu(x, negativeSlope: y), S.logisticLoss(logit: x, target: y),
      S.select(x, isLessThan: y, then: x, else: y), S.chainProduct(x, y),
    ]
    let kernels: [S] =
      [
        S.sum([x, y, 1]), S.dot([x, 1], [y, x]), S.logSumExp([x, y]), S.logSumExp([0, x, y]),
        S.softmaxCrossEntropy(logits: [x, y], target: [1, 0]),
      ] + S.affine(weights: [x, y, 1, x], bias: [1, y], input: [x, 2]) + S.softmax([x, y, 0])
    return unary + integers + binary + kernels
  }

  private func check<S: DifferentiableScalar>(_ name: String, _ make: (Double) -> S) {
    for a in Self.numbers {
      for b in Self.numbers {
        #expect(comparisons(make(a), make(b)) == comparisons(a, b), "\(name): \(a), \(b)")
        let plain = operations(a, b)
        let carried = operations(make(a), make(b)).map(\.primal)
        for (i, (p, q)) in zip(plain, carried).enumerated() {
          #expect(p == q || (p.isNaN && q.isNaN), "\(name): operation \(i) of \(a), \(b): \(q), by Double \(p)")
        }
      }
    }
  }

  @Test func valuesAndComparisonsAreThoseOfDouble() {
    let tape = Tape()
    check("Dual") { Dual<Double>($0, tangent: 1) }
    check("BatchedDual8") { BatchedDual8($0, tangent: SIMD8(repeating: 1)) }
    check("Variable") { tape.variable($0) }
    check("ComplexStep") { ComplexStep.variable($0) }
    check("Dual<Dual>") { Dual(Dual<Double>($0, tangent: 1), tangent: 1) }
    check("Dual<BatchedDual8>") { Dual(BatchedDual8($0, tangent: SIMD8(repeating: 1)), tangent: 1) }
    check("Dual<Variable>") { Dual(tape.variable($0), tangent: 1) }
    check("Dual<ComplexStep>") { Dual(ComplexStep.variable($0), tangent: 1) }
    check("constants") { Variable($0) }
    #expect(tape.misuse == nil)
  }

  /// Tangents and adjoints may be anything too.
  @Test func nonFiniteTangents() {
    for t in Self.numbers {
      for a in Self.numbers {
        let dual = operations(Dual(a, tangent: t), Dual(1.0, tangent: t)).map(\.tangent)
        let batch = operations(
          BatchedDual8(a, tangent: SIMD8(repeating: t)), BatchedDual8(1, tangent: SIMD8(repeating: t))
        ).map { $0.tangent[6] }
        for (i, (p, q)) in zip(dual, batch).enumerated() {
          #expect(p == q || (p.isNaN && q.isNaN), "operation \(i) at \(a) along \(t): \(p), batched \(q)")
        }
      }
    }
  }

  @Test func aNaNArgumentGivesANaNSlope() throws {
    struct Elementary: VectorFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
        let x = x[0]
        return [
          S.exp(x), S.expMinusOne(x), S.log(x), S.log(onePlus: x), S.sin(x), S.cos(x), S.tan(x), S.asin(x), S.acos(x),
          S.atan(x), S.sinh(x), S.cosh(x), S.tanh(x), S.asinh(x), S.acosh(x), S.atanh(x), S.sqrt(x), S.erf(x), S.abs(x),
          S.relu(x), S.sigmoid(x), S.softplus(x), S.logSigmoid(x), S.pow(x, 2), S.pow(x, -3), S.root(x, 3),
          S.pow(x, 2.5),
          S.pow(2, x), S.hypot(x, 1), S.atan2(y: x, x: 1), S.atan2(y: 1, x: x), S.min(x, 1), S.max(1, x),
          S.clamp(x, lower: 0, upper: 1), S.leakyRelu(x, negativeSlope: 0.1), 1 / x, x * x,
        ]
      }
    }
    let f = Elementary()
    let tape = Tape()
    let v = tape.variable(.nan)
    let dual = f([Dual<Double>(.nan, tangent: 1)]).map(\.tangent)
    let complex = f([ComplexStep.variable(.nan)]).map(\.tangent)
    let reverse = f([v]).map { tape.adjoints(of: $0)[v] }
    for i in dual.indices {
      #expect(
        dual[i].isNaN && complex[i].isNaN && reverse[i].isNaN, "function \(i): \(dual[i]) \(complex[i]) \(reverse[i])")
    }
  }

  private func emptyKernels<S: DifferentiableScalar>(_: S.Type) {
    #expect(S.sum([]).primal == 0)
    #expect(S.dot([], []).primal == 0)
    #expect(S.logSumExp([]).primal == -.infinity)
    #expect(S.softmax([]).isEmpty)
    #expect(S.softmaxCrossEntropy(logits: [], target: []).primal == 0)
    #expect(S.affine(weights: [], bias: [], input: [1, 2]).isEmpty)
    #expect(S.affine(weights: [], bias: [1, 2], input: []).map(\.primal) == [1, 2])
  }

  @Test func emptyArrays() {
    emptyKernels(Double.self)
    emptyKernels(Dual<Double>.self)
    emptyKernels(BatchedDual8.self)
    emptyKernels(Variable.self)
    emptyKernels(ComplexStep.self)
    emptyKernels(Dual<Variable>.self)
    emptyKernels(Mutant.self)
  }
}
