// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Explanation {
  /// The computation as LaTeX: the forward equations with values, then the derivative by each input asked for, path by
  /// path, in an `align*` of the amsmath package each.
  public var latex: String {
    var lines = ["% Forwards: every value.", "\\begin{align*}"]
    let operations = nodes.filter { $0.kind == .operation }
    lines += Self.rows(
      operations.map { "  \(Self.symbol($0.name)) &= \(text($0)) = \(Self.number($0.value))" })
    lines += ["\\end{align*}", "% Backwards: every path from an input to the output.", "\\begin{align*}"]
    var rows: [String] = []
    for sum in pathSums {
      let derivative = "\\frac{\\partial \(Self.symbol(outputName))}{\\partial \(Self.symbol(nodes[sum.input].name))}"
      let products = sum.paths.map { path in
        path.slopes.isEmpty ? "1" : path.slopes.map { Self.factor($0) }.joined(separator: " \\cdot ")
      }
      let symbols = sum.paths.map { path in
        zip(zip(path.nodes, path.nodes.dropFirst()), path.slots).map { step, slot in
          let quotient =
            "\\frac{\\partial \(Self.symbol(nodes[step.0].name))}{\\partial \(Self.symbol(nodes[step.1].name))}"
          return side(of: step.0, slot: slot).map { "\\left.\(quotient)\\right|_{\\text{\($0)}}" } ?? quotient
        }.joined()
      }
      let more = sum.isComplete ? "" : " + \\cdots"
      if sum.paths.isEmpty {
        rows.append("  \(derivative) &= 0")
      } else {
        if !symbols.joined().isEmpty {
          rows.append("  \(derivative) &= \(symbols.joined(separator: " + "))\(more)")
        }
        rows.append("  &= \(products.joined(separator: " + "))\(more) = \(Self.number(sum.total))")
      }
    }
    return (lines + Self.rows(rows) + ["\\end{align*}"]).joined(separator: "\n")
  }

  /// Rows end with a break, all but the last.
  private static func rows(_ rows: [String]) -> [String] {
    rows.enumerated().map { $0 == rows.count - 1 ? $1 : $1 + " \\\\" }
  }

  /// The operation with LaTeX's names.
  private func text(_ node: Node) -> String {
    let x = node.operands.map { Self.bracketed(nodes[$0].name) }
    switch node.operation {
    case "+": return "\(x[0]) + \(x[1])"
    case "-": return "\(x[0]) - \(x[1])"
    case "neg": return "-\(x[0])"
    case "*", "*0", "multiply": return "\(x[0]) \\cdot \(x[1])"
    case "/", "divide": return "\\frac{\(x[0])}{\(x[1])}"
    case "sqrt": return "\\sqrt{\(x[0])}"
    case "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh": return "\\\(node.operation)\\left(\(x[0])\\right)"
    case "accumulate", "logsumexp", "pow", "root", "power", "select":
      return Self.upright(node.expression)
    default:
      return "\\operatorname{\(Self.upright(node.operation))}\\left(\(x.joined(separator: ", "))\\right)"
    }
  }

  /// Names with an index get it as one: w[3,1] becomes w_{3,1}.
  static func symbol(_ name: String) -> String {
    let head = name.prefix { $0 != "[" }
    let index = name.dropFirst(head.count).filter { $0 != "[" && $0 != "]" }
    let digits = String(head.reversed().prefix { $0.isNumber }.reversed())
    let letters = head.dropLast(digits.count)
    let base = letters.count == 1 ? String(letters) : "\\mathit{\(upright(String(letters)))}"
    let below = [digits, String(index)].filter { !$0.isEmpty }.joined(separator: ",")
    if letters.isEmpty { return name }
    return below.isEmpty ? base : "\(base)_{\(upright(below))}"
  }

  private static func bracketed(_ name: String) -> String {
    name.first.map { $0.isNumber || $0 == "-" } == true ? (name.hasPrefix("-") ? "(\(name))" : name) : symbol(name)
  }

  /// Without the characters that mean something to LaTeX.
  private static func upright(_ text: String) -> String {
    text.replacing("_", with: "\\_").replacing("%", with: "\\%").replacing("#", with: "\\#").replacing("&", with: "\\&")
      .replacing("^", with: "\\hat{\\ }")
  }

  /// Six digits, as everywhere for people.
  private static func number(_ value: Double) -> String {
    let text = String(format: "%.6g", value)
    guard let e = text.firstIndex(of: "e") else { return text }
    return "\(text[..<e]) \\cdot 10^{\(Int(text[text.index(after: e)...]) ?? 0)}"
  }

  private static func factor(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }
}
