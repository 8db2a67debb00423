// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A random straight-line program over a few inputs: the same code for every scalar, and all of the scalars' operations.
struct RandomProgram: VectorFunction {
  /// Functions of one value.
  enum Unary: CaseIterable {
    case negate, reciprocal, square, cube, inverseSquare, root, cubeRoot
    case exp, expMinusOne, log, logOnePlus
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
    case erf, sigmoid, softplus, logSigmoid, abs, relu, leakyRelu, clamp
  }

  /// Functions of two values.
  enum Binary: CaseIterable {
    case add, subtract, multiply, divide, power, atan2, hypot, min, max, logisticLoss
  }

  /// Kernels, over the same number of values twice.
  enum Kernel: CaseIterable {
    case sum, dot, affine, logSumExp, crossEntropy, softmax
  }

  enum Operation {
    case unary(Unary, Int)
    case binary(Binary, Int, Int)
    case kernel(Kernel, [Int], [Int])
    case times(Int, Double)
    case minus(Int, Double)
    /// a < c ? b : d, chosen by `select`.
    case select(Int, Double, Int, Int)
    /// A branch of the program: two formulas of b.
    case branch(Int, Double, Int)
    /// A loop that runs as often as the value says.
    case loop(Int)
    /// a + δ sin(ω a).
    case ripple(Int, Double, Double)
    /// (a + c) - c.
    case swallow(Int, Double)
    /// (g(a) - g((1 - c) a)) / c.
    case nearlyEqual(Int, Double)
  }

  var inputCount: Int
  var operations: [Operation] = []
  var outputs: [Int] = []

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    var v = x
    v.reserveCapacity(x.count + operations.count)
    for operation in operations { v.append(Self.apply(operation, v)) }
    return outputs.map { v[$0] }
  }

  static func apply<S: DifferentiableScalar>(_ operation: Operation, _ v: [S]) -> S {
    switch operation {
    case .unary(let f, let a): return apply(f, v[a])
    case .binary(let f, let a, let b): return apply(f, v[a], v[b])
    case .kernel(let f, let a, let b): return apply(f, a.map { v[$0] }, b.map { v[$0] })
    case .times(let a, let c): return v[a] * S(c)
    case .minus(let a, let c): return v[a] - S(c)
    case .select(let a, let c, let b, let d): return S.select(v[a], isLessThan: S(c), then: v[b], else: v[d])
    case .branch(let a, let c, let b):
      if v[a] < S(c) { return S.sin(v[b]) + 2 } else { return v[b] * S.exp(-v[b] * v[b]) }
    case .loop(let a):
      var y = v[a]
      var count = 0
      while count < 6, y.primal.magnitude > 0.7 {
        y = y * 0.6 + S.sin(y) * 0.1
        count += 1
      }
      return y
    case .ripple(let a, let size, let frequency): return v[a] + S(size) * S.sin(S(frequency) * v[a])
    case .swallow(let a, let c): return (v[a] + S(c)) - S(c)
    case .nearlyEqual(let a, let c):
      return (S.exp(S.sin(v[a])) - S.exp(S.sin(v[a] * S(1 - c)))) * S(1 / c)
    }
  }

  private static func apply<S: DifferentiableScalar>(_ f: Unary, _ a: S) -> S {
    switch f {
    case .negate: -a
    case .reciprocal: 1 / a
    case .square: S.square(a)
    case .cube: S.pow(a, 3)
    case .inverseSquare: S.pow(a, -2)
    case .root: S.sqrt(a)
    case .cubeRoot: S.root(a, 3)
    case .exp: S.exp(a)
    case .expMinusOne: S.expMinusOne(a)
    case .log: S.log(a)
    case .logOnePlus: S.log(onePlus: a)
    case .sin: S.sin(a)
    case .cos: S.cos(a)
    case .tan: S.tan(a)
    case .asin: S.asin(a)
    case .acos: S.acos(a)
    case .atan: S.atan(a)
    case .sinh: S.sinh(a)
    case .cosh: S.cosh(a)
    case .tanh: S.tanh(a)
    case .asinh: S.asinh(a)
    case .acosh: S.acosh(a)
    case .atanh: S.atanh(a)
    case .erf: S.erf(a)
    case .sigmoid: S.sigmoid(a)
    case .softplus: S.softplus(a)
    case .logSigmoid: S.logSigmoid(a)
    case .abs: S.abs(a)
    case .relu: S.relu(a)
    case .leakyRelu: S.leakyRelu(a, negativeSlope: 0.1)
    case .clamp: S.clamp(a, lower: -0.75, upper: 1.5)
    }
  }

  private static func apply<S: DifferentiableScalar>(_ f: Binary, _ a: S, _ b: S) -> S {
    switch f {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: S.pow(a, b)
    case .atan2: S.atan2(y: a, x: b)
    case .hypot: S.hypot(a, b)
    case .min: S.min(a, b)
    case .max: S.max(a, b)
    case .logisticLoss: S.logisticLoss(logit: a, target: b)
    }
  }

  private static func apply<S: DifferentiableScalar>(_ f: Kernel, _ a: [S], _ b: [S]) -> S {
    switch f {
    case .sum: S.sum(a)
    case .dot: S.dot(a, b)
    case .affine: S.sum(S.affine(weights: a + b, bias: [a[0], b[0]], input: b))
    case .logSumExp: S.logSumExp(a)
    case .crossEntropy: S.softmaxCrossEntropy(logits: a, target: b)
    case .softmax: S.softmax(a)[0] * b[0]
    }
  }
}

extension RandomProgram.Unary {
  /// Whether the function is smooth around a, not only just.
  func takes(_ a: Double) -> Bool {
    switch self {
    case .reciprocal, .inverseSquare, .cubeRoot: a.magnitude > 0.01
    case .root, .log: a > 0.01
    case .logOnePlus: a > -0.99
    case .asin, .acos, .atanh: a.magnitude < 0.99
    case .acosh: a > 1.01
    case .tan: Double.cos(a).magnitude > 0.05
    default: true
    }
  }
}

extension RandomProgram.Binary {
  /// Whether the function is smooth around (a, b), not only just.
  func takes(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .divide: b.magnitude > 0.01
    case .power: a > 0.01 && b.magnitude < 6
    case .atan2, .hypot: a.magnitude + b.magnitude > 0.01
    default: true
    }
  }
}
