// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// The operations of a function at a point with their partial derivatives, to be swept in other ways than the chain
/// rule's: for the size of its terms, and with wrong rules.
struct Recording {
  let nodes: [TapeNode]
  /// For each node the one whose adjoint is its own: the last of an operation of several nodes, else itself.
  private let results: [Int]
  let outputs: [Int?]
  let inputCount: Int

  /// Records; nil for a black box and where the recording fails.
  ///
  /// Cost: one evaluation on the tape and a copy of its nodes.
  init?(_ f: TargetFunction, _ x: [Double]) {
    guard let g = f.vectorFunction else { return nil }
    let tape = Tape()
    guard let outputs = try? g(tape.variables(x)), tape.misuse == nil else { return nil }
    nodes = tape.nodes
    results = tape.results
    self.outputs = outputs.map(\.nodeIndex)
    inputCount = x.count
  }

  /// For each output and input, Σ over paths of |∏ partial derivatives|: what the derivative's roundoff is relative
  /// to. An infinite or undefined size is no excuse for anything: it counts as 0.
  func termSizes() -> [[Double]] {
    outputs.map { output in
      sweep(from: output) { _, node in (node.firstPartial.magnitude, node.secondPartial.magnitude) }
        .map { $0.isFinite ? $0 : 0 }
    }
  }

  /// The operations through which an input acts on an output at this point: behind an inactive rectifier a wrong rule
  /// changes nothing.
  func liveOperations() -> [Int] {
    var reached = Array(repeating: false, count: nodes.count)
    var acts = reached
    for index in nodes.indices {
      let node = nodes[index]
      let byFirst = node.firstPartial != 0 && Int(node.first) < index && reached[Int(node.first)]
      let bySecond = node.secondPartial != 0 && Int(node.second) < index && reached[Int(node.second)]
      acts[index] = index < inputCount || byFirst || bySecond
      if acts[index] { reached[results[index]] = true }
    }
    var reaches = Array(repeating: false, count: nodes.count)
    for output in outputs { if let output { reaches[output] = true } }
    for index in nodes.indices.reversed() where reaches[results[index]] {
      let node = nodes[index]
      if node.firstPartial != 0 { reaches[Int(node.first)] = true }
      if node.secondPartial != 0 { reaches[Int(node.second)] = true }
    }
    return nodes.indices.filter { $0 >= inputCount && acts[$0] && reaches[results[$0]] }
  }

  /// The derivatives with one operation's partial derivatives replaced.
  func jacobian(wrongAt wrong: Int, _ partials: (Double, Double)) -> [[Double]] {
    outputs.map { output in
      sweep(from: output) { index, node in
        index == wrong ? partials : (node.firstPartial, node.secondPartial)
      }
    }
  }

  /// The reverse sweep of the chain rule with partial derivatives of the caller's choice.
  @inline(__always)
  private func sweep(from output: Int?, _ partials: (Int, TapeNode) -> (Double, Double)) -> [Double] {
    guard let output else { return Array(repeating: 0, count: inputCount) }
    var adjoints = Array(repeating: 0.0, count: max(output + 1, inputCount))
    adjoints[output] = 1
    for index in stride(from: output, through: inputCount, by: -1) {
      let a = adjoints[results[index]]
      if a == 0 { continue }
      let node = nodes[index]
      let (first, second) = partials(index, node)
      // A node that names itself as parent has none there.
      if Int(node.first) != index { adjoints[Int(node.first)] += Double.chainProduct(first, a) }
      if Int(node.second) != index { adjoints[Int(node.second)] += Double.chainProduct(second, a) }
    }
    return Array(adjoints[0..<inputCount])
  }
}
