// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import RandomStreams

/// A random expression graph as data, interpreted for any scalar: node k takes inputs or earlier nodes.
///
/// Every operation is smooth and keeps numbers of moderate size moderate, so that tolerances stay derivable.
struct RandomProgram: VectorFunction, CustomStringConvertible {
  enum Operation: Int, CaseIterable {
    case add, subtract, multiply, divide, hypot, atan2, power, logSumExp
    case sin, cos, tanh, atan, asinh, erf, sigmoid, softplus, exp, log, sqrt, square
  }

  struct Node {
    let operation: Operation
    let first: Int
    let second: Int
    let weight: Double
  }

  let seed: UInt64
  let inputCount: Int
  let nodes: [Node]
  let outputs: [Int]

  init(seed: UInt64, inputs: Int, operations: Int, outputs: Int) {
    var random = SplitMix64(seed: seed)
    self.seed = seed
    inputCount = inputs
    nodes = (0..<operations).map { k in
      Node(
        operation: Operation.allCases.randomElement(using: &random) ?? .add,
        first: Int.random(in: 0..<(inputs + k), using: &random),
        second: Int.random(in: 0..<(inputs + k), using: &random), weight: Double.random(in: 0.5...1.5, using: &random))
    }
    self.outputs = (0..<outputs).map { inputs + operations - 1 - $0 }
  }

  /// A point and directions, from the same seed.
  func numbers(_ count: Int, stream: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed &* 1_000_003 &+ stream)
    return (0..<count).map { _ in Double.random(in: -1.5...1.5, using: &random) }
  }

  var description: String { "random program \(seed)" }

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    var values = x
    for node in nodes { values.append(apply(node, values[node.first], values[node.second])) }
    return outputs.map { values[$0] }
  }

  private func apply<S: DifferentiableScalar>(_ node: Node, _ a: S, _ b: S) -> S {
    let w = S(node.weight)
    switch node.operation {
    case .add: return w * a + b
    case .subtract: return a - w * b
    case .multiply: return S.tanh(a) * b
    case .divide: return a / (w + b * b)
    case .hypot: return S.hypot(a, w + S.sigmoid(b))
    case .atan2: return S.atan2(y: a, x: w + S.softplus(b))
    case .power: return S.pow(w + S.sigmoid(a), S.tanh(b))
    case .logSumExp: return S.logSumExp([a, w * b, w])
    case .sin: return S.sin(a)
    case .cos: return S.cos(w * a)
    case .tanh: return S.tanh(w * a)
    case .atan: return S.atan(a)
    case .asinh: return S.asinh(w * a)
    case .erf: return S.erf(a)
    case .sigmoid: return S.sigmoid(a)
    case .softplus: return S.softplus(w * a)
    case .exp: return S.exp(S.sin(a))
    case .log: return S.log(w + a * a)
    case .sqrt: return S.sqrt(w + a * a)
    case .square: return S.tanh(a) * S.tanh(a)
    }
  }
}
