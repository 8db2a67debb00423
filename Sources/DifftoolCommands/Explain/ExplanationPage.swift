// SPDX-License-Identifier: Apache-2.0

import Explanations
import Foundation

/// An explanation as one page: the graph, steps forwards and backwards, a slider for each input.
///
/// Everything is in it, the script too; nothing is fetched. What it shows before a slider is touched was computed here;
/// afterwards the page computes every number again by the same operations.
struct ExplanationPage {
  let explanation: Explanation
  let title: String

  init(_ explanation: Explanation, title: String) {
    self.explanation = explanation
    self.title = title
  }

  /// What the script needs of a node.
  private struct Node: Encodable {
    let kind: String
    let name: String
    let expression: String
    let op: String
    let operands: [Int]
    let payload: Int
    let value: Double
    let adjoint: Double
    let slopes: [Slope]
    /// What a planted rule multiplies the local derivatives by.
    let factors: [Double]?
    let column: Int
    let row: Int
  }

  private struct Slope: Encodable {
    let operand: Int
    let formula: String
    let value: Double
  }

  private struct Graph: Encodable {
    let nodes: [Node]
    let output: Int
  }

  /// The page.
  var text: String {
    get throws {
      let graph = Graph(nodes: nodes, output: explanation.output)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
      // A closing tag inside the data would end the script.
      let data = String(decoding: try encoder.encode(graph), as: UTF8.self).replacing("</", with: "<\\/")
      return ExplanationPageText.page
        .replacing("@TITLE@", with: Self.escaped(title))
        .replacing("@DATA@", with: data)
    }
  }

  /// Columns by depth: a node stands right of all its operands; inputs and constants just left of their first use.
  private var nodes: [Node] {
    let all = explanation.nodes
    var column = Array(repeating: 0, count: all.count)
    for (i, node) in all.enumerated() where node.kind == .operation {
      column[i] = 1 + (node.operands.map { column[$0] }.max() ?? 0)
    }
    for i in all.indices where all[i].kind != .operation {
      let users = all.indices.filter { all[$0].operands.contains(i) }.map { column[$0] }
      column[i] = max(0, (users.min() ?? 1) - 1)
    }
    var taken: [Int: Int] = [:]
    return all.indices.map { i in
      let node = all[i]
      defer { taken[column[i], default: 0] += 1 }
      return Node(
        kind: node.kind.rawValue, name: node.name, expression: node.expression,
        op: node.operation == "pow" && node.operands.count == 2 ? "power" : node.operation,
        operands: node.operands, payload: node.payload, value: node.value, adjoint: node.adjoint,
        slopes: node.slopes.map { Slope(operand: $0.operand, formula: $0.formula, value: $0.value) },
        factors: explanation.planted.flatMap { $0.node == node.name ? $0.factors(operands: node.operands.count) : nil },
        column: column[i], row: taken[column[i], default: 0])
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
