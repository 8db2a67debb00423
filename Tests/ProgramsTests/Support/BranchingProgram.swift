// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import RandomStreams

/// A random function of parameters and a sample, with branches, loops whose length depends on data, and early returns.
///
/// Node k takes parameters, data or earlier nodes. Operations keep numbers of moderate size moderate.
struct BranchingProgram: SampleTerm, CustomStringConvertible {
  enum Step: Int, CaseIterable {
    case add, subtract, multiply, divide, square, cube, exp, log, sin, tanh, sigmoid, softplus, relu, abs, min, max
    case sqrt, atan2, hypot, erf, select, dot, logSumExp, chain, constant, expm1, leaky
    case branch, loop, leave
  }

  struct Node {
    let step: Step
    let operands: [Int]
    let weight: Double
  }

  let seed: UInt64
  let parameterCount: Int
  let dataCount: Int
  let nodes: [Node]

  init(seed: UInt64, parameters: Int = 4, data: Int = 2, steps: Int = 14, branches: Bool = true) {
    var random = SplitMix64(seed: seed)
    self.seed = seed
    parameterCount = parameters
    dataCount = data
    let allowed = Step.allCases.filter { branches || $0.rawValue < Step.branch.rawValue }
    nodes = (0..<steps).map { k in
      Node(
        step: allowed.randomElement(using: &random) ?? .add,
        operands: (0..<4).map { _ in Int.random(in: 0..<(parameters + data + k), using: &random) },
        weight: Double.random(in: 0.5...1.5, using: &random))
    }
  }

  var description: String { "program \(seed)" }

  func numbers(_ count: Int, stream: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed &* 1_000_003 &+ stream)
    return (0..<count).map { _ in Double.random(in: -1.5...1.5, using: &random) }
  }

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    var values = Array(parameters) + Array(sample)
    for node in nodes {
      let a = values[node.operands[0]]
      let b = values[node.operands[1]]
      if node.step == .leave, S(0.9) < S.sin(a * b) { return S.sum(values) }
      values.append(apply(node, a, b, values))
    }
    return S.sum(values)
  }

  private func apply<S: DifferentiableScalar>(_ node: Node, _ a: S, _ b: S, _ values: [S]) -> S {
    let w = S(node.weight)
    switch node.step {
    case .add: return w * a + b
    case .subtract: return a - w * b
    case .multiply: return S.tanh(a) * b
    case .divide: return a / (w + b * b)
    case .square: return S.pow(S.tanh(a), 2)
    case .cube: return S.pow(S.sin(a), 3)
    case .exp: return S.exp(S.sin(a))
    case .log: return S.log(w + a * a)
    case .sin: return S.sin(w * a)
    case .tanh: return S.tanh(w * a)
    case .sigmoid: return S.sigmoid(a)
    case .softplus: return S.softplus(w * a)
    case .relu: return S.relu(w * a)
    case .abs: return S.abs(a - w)
    case .min: return S.min(a, w * b)
    case .max: return S.max(a, w * b)
    case .sqrt: return S.sqrt(w + a * a)
    case .atan2: return S.atan2(y: a, x: w + S.softplus(b))
    case .hypot: return S.hypot(a, w + S.sigmoid(b))
    case .erf: return S.erf(a)
    case .select: return S.select(a, isLessThan: b, then: w * a, else: S.cos(b))
    case .dot: return S.tanh(S.dot([a, b, w], [b, w, values[node.operands[2]]]))
    case .logSumExp: return S.logSumExp([a, w * b, w])
    case .chain: return S.tanh(a) + S.tanh(b) + w * S.sin(a) * S.cos(b) - a * w
    case .constant: return w
    case .expm1: return S.expMinusOne(S.sin(a))
    case .leaky: return S.leakyRelu(a, negativeSlope: 0.1)
    case .branch:
      if a < b { return S.sin(a) }
      return w * S.cos(b)
    case .loop:
      var x = S.tanh(a) + 1.5
      var rounds = 0
      while S(0.3) < x, rounds < 6 {
        x = x * S(0.6)
        rounds += 1
      }
      return x
    case .leave: return a
    }
  }
}

/// How far two results of the same function may lie apart by roundoff: random programs amplify it, but not this much.
func isClose(_ a: Double, _ b: Double, _ scale: Double) -> Bool {
  (a - b).magnitude <= 1e-9 * max(1, scale, b.magnitude)
}
