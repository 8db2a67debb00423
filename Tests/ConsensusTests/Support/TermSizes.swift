// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Σ over the paths of the chain rule of |∏ partial derivatives|, for each output and input: the s of the rule.
func termSizes(_ program: RandomProgram, at x: [Double]) -> [[Double]] {
  let tape = Tape()
  let outputs = program(tape.variables(x))
  let nodes = tape.nodes
  let results = tape.results
  return outputs.map { output in
    var sizes = Array(repeating: 0.0, count: nodes.count)
    guard let last = output.nodeIndex else { return Array(sizes[0..<x.count]) }
    sizes[last] = 1
    for index in stride(from: last, through: x.count, by: -1) where sizes[results[index]] != 0 {
      let node = nodes[index]
      for (parent, partial) in [(Int(node.first), node.firstPartial), (Int(node.second), node.secondPartial)]
      where parent != index && partial != 0 {
        sizes[parent] += partial.magnitude * sizes[results[index]]
      }
    }
    return sizes[0..<x.count].map { $0.isFinite ? $0 : 0 }
  }
}

/// Whether every derivative on the way is far enough above the smallest number for a complex step of 2⁻³³².
func suitsComplexStep(_ program: RandomProgram, at x: [Double]) -> Bool {
  let tape = Tape()
  _ = program(tape.variables(x))
  let nodes = tape.nodes
  let results = tape.results
  return x.indices.allSatisfy { input in
    var tangents = Array(repeating: 0.0, count: nodes.count)
    tangents[input] = 1
    for (index, node) in nodes.enumerated().dropFirst(x.count) {
      for (parent, partial) in [(Int(node.first), node.firstPartial), (Int(node.second), node.secondPartial)]
      where parent != index {
        let term = (partial * tangents[parent]).magnitude
        if partial != 0, tangents[parent] != 0, term < 0x1p-640 { return false }
        tangents[results[index]] += partial * tangents[parent]
      }
    }
    return true
  }
}
