// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Explanation {
  /// The computation in Graphviz's language: a record with name, value and adjoint for each number, a small circle for
  /// each operation, edges labelled with the local derivatives.
  ///
  /// Cost: a line a node and an edge; Graphviz itself is slow beyond some hundred nodes.
  public var dot: String {
    var lines = [
      "digraph explanation {",
      "  rankdir=LR;",
      "  bgcolor=\"white\";",
      "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, color=\"#555555\"];",
      "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=10, color=\"#777777\"];",
    ]
    for (i, node) in nodes.enumerated() {
      let fill =
        switch node.kind {
        case .input: "#d7e8f7"
        case .constant: "#eeeeee"
        case .operation: i == output ? "#fbe3c0" : "#ffffff"
        }
      var label = node.kind == .constant ? "" : "\(Self.escaped(node.name)) | "
      label += "value \(Self.short(node.value))"
      if node.kind != .constant {
        label += " | d\(Self.escaped(outputName))/d\(Self.escaped(node.name)) \(Self.short(node.adjoint))"
      }
      lines.append("  n\(i) [shape=record, style=filled, fillcolor=\"\(fill)\", label=\"{ \(label) }\"];")
      guard node.kind == .operation else { continue }
      lines.append("  o\(i) [shape=circle, label=\"\(Self.escaped(node.operation))\", fontsize=11];")
      lines.append("  o\(i) -> n\(i);")
      for operand in Self.unique(node.operands) {
        let slopes = node.slopes.filter { $0.operand == operand }.map { Self.short($0.value) }
        lines.append("  n\(operand) -> o\(i) [label=\"\(slopes.joined(separator: " + "))\"];")
      }
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// The computation in Mermaid's language, for pages that draw it.
  public var mermaid: String {
    var lines = ["flowchart LR"]
    for (i, node) in nodes.enumerated() {
      let text =
        node.kind == .constant
        ? node.name
        : "\(node.expression == node.name ? node.name : "\(node.name) = \(node.expression)")<br/>value \(Self.short(node.value))"
          + "<br/>adjoint \(Self.short(node.adjoint))"
      let quoted = text.replacing("\"", with: "#quot;").replacing("<br/>", with: "\u{1}").replacing("<", with: "#lt;")
        .replacing(">", with: "#gt;").replacing("\u{1}", with: "<br/>")
      lines.append("  n\(i)\(node.kind == .input ? "([\"\(quoted)\"])" : "[\"\(quoted)\"]")")
      for operand in Self.unique(node.operands) {
        let slopes = node.slopes.filter { $0.operand == operand }.map { Self.short($0.value) }
        lines.append("  n\(operand) -->|\(slopes.isEmpty ? "decides" : slopes.joined(separator: " + "))| n\(i)")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The name of the output.
  public var outputName: String { nodes[output].name }

  /// Four digits after the point as the teaching document prints them, more where that would show none.
  static func short(_ value: Double) -> String {
    if value == 0 || !value.isFinite || (value.magnitude >= 1e-3 && value.magnitude < 1e6) {
      return String(format: "%.4f", value)
    }
    return String(format: "%.3e", value)
  }

  /// A constant in an expression: six digits; what is computed has all of them.
  static func constantName(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 1e9 { return "\(Int(value))" }
    return String(format: "%.6g", value)
  }

  private static func unique(_ operands: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return operands.filter { seen.insert($0).inserted }
  }

  /// Without the characters that mean something in a record's label.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "{}|<>\"\\ ".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
