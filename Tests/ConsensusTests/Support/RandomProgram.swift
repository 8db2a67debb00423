// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import RandomStreams

/// A random straight-line program over a few inputs: the same code for every scalar.
struct RandomProgram: VectorFunction {
  enum Style: String, CaseIterable {
    /// Analytic operations of moderate size.
    case smooth
    /// … with |u|, relu, max, min at points that lie on the kink to the last bit.
    case kinksHit
    /// … or next to it, by 1e-14 to 1e-2.
    case kinksNear
    /// … with cancellation: large parts added and taken away again, differences of nearly equal numbers.
    case cancelling
    /// Inputs, outputs and intermediates from 1e-20 to 1e20.
    case scaled
  }

  enum Operation {
    case add(Int, Int), subtract(Int, Int), multiply(Int, Int), divide(Int, Int)
    case sine(Int), cosine(Int), tanh(Int), sigmoid(Int), softplus(Int), arcTangent(Int), erf(Int)
    case logarithm(Int), root(Int), exponential(Int), hypot(Int, Int)
    case times(Int, Double), shift(Int, Double)
    case abs(Int), relu(Int), max(Int, Int), min(Int, Int), choose(Int, Double, Int, Int)
    case cancel(Int, Double), nearlyEqual(Int, Double)
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
    case .add(let a, let b): v[a] + v[b]
    case .subtract(let a, let b): v[a] - v[b]
    case .multiply(let a, let b): v[a] * v[b]
    case .divide(let a, let b): v[a] / (1 + v[b] * v[b])
    case .sine(let a): S.sin(v[a])
    case .cosine(let a): S.cos(v[a])
    case .tanh(let a): S.tanh(v[a])
    case .sigmoid(let a): S.sigmoid(v[a])
    case .softplus(let a): S.softplus(v[a])
    case .arcTangent(let a): S.atan(v[a])
    case .erf(let a): S.erf(v[a])
    case .logarithm(let a): S.log(onePlus: v[a] * v[a])
    case .root(let a): S.sqrt(1 + v[a] * v[a])
    case .exponential(let a): S.exp(S.tanh(v[a]))
    case .hypot(let a, let b): S.hypot(v[a], 1 + S.abs(v[b]) * S.abs(v[b]))
    case .times(let a, let c): v[a] * S(c)
    case .shift(let a, let c): v[a] - S(c)
    case .abs(let a): S.abs(v[a])
    case .relu(let a): S.relu(v[a])
    case .max(let a, let b): S.max(v[a], v[b])
    case .min(let a, let b): S.min(v[a], v[b])
    case .choose(let a, let c, let b, let d): S.select(v[a], isLessThan: S(c), then: v[b], else: v[d])
    case .cancel(let a, let c): (v[a] + S(c)) - S(c)
    case .nearlyEqual(let a, let c): (S.exp(S.sin(v[a])) - S.exp(S.sin(v[a] * S(1 - c)))) * S(1 / c)
    }
  }

  /// A program and its point.
  static func make(
    _ style: Style, inputs: Int, outputs: Int, length: Int, random: inout Xoshiro256
  ) -> (program: RandomProgram, point: [Double]) {
    var program = RandomProgram(inputCount: inputs)
    var point = (0..<inputs).map { _ in random.normal() }
    if style == .scaled {
      let scales = (0..<inputs).map { _ in Double.exp10(random.uniform(in: -20..<20)) }
      point = zip(point, scales).map(*)
      program.operations = scales.enumerated().map { .times($0, 1 / $1) }
    }
    var v = point
    for operation in program.operations { v.append(apply(operation, v)) }
    while program.operations.count < length {
      let next = program.next(style, v, &random)
      for operation in next {
        let y = apply(operation, v)
        program.operations.append(operation)
        v.append(y)
      }
      // Sizes stay moderate: what explodes is damped.
      if v[v.count - 1].magnitude > 20 {
        program.operations.append(.tanh(v.count - 1))
        v.append(apply(.tanh(v.count - 1), v))
      }
    }
    let first = style == .scaled ? 2 * inputs : inputs
    for _ in 0..<outputs {
      // A sum of a few late values, so that most operations matter.
      for _ in 0..<3 {
        let operation = Operation.add(v.count - 1, Swift.max(first, v.count - 2 - random.below(6)))
        program.operations.append(operation)
        v.append(apply(operation, v))
      }
      if style == .scaled {
        let operation = Operation.times(v.count - 1, Double.exp10(random.uniform(in: -20..<20)))
        program.operations.append(operation)
        v.append(apply(operation, v))
        program.outputs.append(v.count - 1)
        program.operations.append(.tanh(first))
        v.append(apply(.tanh(first), v))
      } else {
        program.outputs.append(v.count - 1)
      }
    }
    return (program, point)
  }

  private func next(_ style: Style, _ v: [Double], _ random: inout Xoshiro256) -> [Operation] {
    let lowest = style == .scaled ? inputCount : 0
    let a = lowest + random.below(v.count - lowest)
    let b = Swift.max(lowest, v.count - 1 - random.below(4))
    let special = random.uniform() < 0.25
    let new = v.count
    switch style {
    case .kinksHit where special, .kinksNear where special:
      let distance =
        style == .kinksHit ? 0 : Double.exp10(random.uniform(in: -14 ..< -2)) * (random.below(2) == 0 ? 1 : -1)
      let shift = Operation.shift(a, v[a] + distance)
      switch random.below(5) {
      case 0: return [shift, .abs(new)]
      case 1: return [shift, .relu(new)]
      case 2: return [shift, .shift(new, -v[b]), .sine(b), .times(b, 1), .max(new + 1, new + 3)]
      case 3: return [shift, .times(new, 0.5), .min(new, new + 1)]
      default: return [.shift(a, v[a] + distance), .times(new, 2), .choose(new, 0, new, new + 1)]
      }
    case .cancelling where special:
      return random.below(2) == 0
        ? [.cancel(a, Double.exp10(random.uniform(in: 2..<9)))]
        : [.nearlyEqual(a, Double.exp10(random.uniform(in: -7 ..< -2)))]
    default: break
    }
    switch random.below(16) {
    case 0: return [.add(a, b)]
    case 1: return [.subtract(a, b)]
    case 2, 3: return [.multiply(a, b)]
    case 4: return [.divide(a, b)]
    case 5: return [.sine(b)]
    case 6: return [.cosine(b)]
    case 7: return [.tanh(b)]
    case 8: return [.sigmoid(b)]
    case 9: return [.softplus(b)]
    case 10: return [.arcTangent(b)]
    case 11: return [.erf(b)]
    case 12: return [.logarithm(b)]
    case 13: return [.root(b)]
    case 14: return [.exponential(b)]
    default: return [.hypot(a, b)]
    }
  }
}
