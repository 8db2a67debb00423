// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Explanations

/// An explanation for people: the table of numbers, then the derivatives path by path.
struct ExplanationText {
  let explanation: Explanation
  let subject: CheckSubject
  let limit: Int

  init(_ explanation: Explanation, subject: CheckSubject, limit: Int) {
    self.explanation = explanation
    self.subject = subject
    self.limit = limit
  }

  private var output: Explanation.Node { explanation.nodes[explanation.output] }

  /// One row a number; constants are in the expressions.
  func table(_ number: (Double) -> String, directions: Int, nodes: [Explanation.Node]? = nil) -> TextTable {
    let nodes = nodes ?? explanation.nodes.filter { $0.kind != .constant }
    let names = explanation.directionNames.prefix(directions)
    var titles = ["number", "is", ">value"] + names.map { ">d./d\($0)" }
    if output.secondTangents != nil { titles += names.map { ">d²./d\($0)²" } }
    titles += [">d\(output.name)/d.", ">measured"]
    return TextTable(
      titles,
      rows: nodes.map { node in
        var row = [node.name, node.kind == .input ? "input" : node.expression, number(node.value)]
        row += node.tangents.prefix(directions).map(number)
        row += (node.secondTangents ?? []).prefix(directions).map(number)
        return row + [number(node.adjoint), number(node.measured)]
      })
  }

  func text(again: CommandLineText, files: [String], style: TextStyle, width: Int) -> String {
    var lines = subject.lines(width: width, style: style)
    if let planted = explanation.planted {
      lines += wrapped(
        "planted: the derivative of \(planted.node) is made wrong (\(planted.mutation.words): "
          + "\(planted.mutation.summary))", width: width, indent: 0)
    }
    lines.append("")
    let shown = explanation.nodes.filter { $0.kind != .constant }
    lines.append(fitting(Array(shown.prefix(limit)), width: width).text(width: width, style: style))
    if shown.count > limit { lines.append("and \(shown.count - limit) more (--limit \(shown.count))") }
    for decision in explanation.decisions {
      lines += wrapped("decided here: \(decision.text); elsewhere the function may be another", width: width, indent: 2)
    }
    lines += ["", style.heading("Path by path")]
    for sum in explanation.pathSums { lines += paths(sum, width: width, style: style) }
    if let hessian = explanation.hessian {
      lines += ["", style.heading("Second derivatives"), matrix(hessian).text(width: width, style: style)]
    }
    lines.append("")
    lines += wrapped(line(style), width: width, indent: 0)
    if !files.isEmpty { lines.append("  wrote \(files.joined(separator: ", "))") }
    lines.append(style.faint(again.lines("  again:", width: width)))
    return lines.joined(separator: "\n")
  }

  func line(_ style: TextStyle) -> String {
    if let worst = explanation.worstDisagreement {
      let node = explanation.nodes[worst.node]
      if explanation.isJump(worst) {
        let input = explanation.nodes[worst.operand].name
        return style.failure("\(style.bad) the function jumps here, or turns faster than can be measured")
          + ": d\(output.name)/d\(input) is \(NumberText.value(worst.derivative)) by the operations of this branch, "
          + "\(NumberText.value(worst.measured)) as measured"
      }
      if explanation.planted == nil, node.slopes.contains(where: { $0.operand == worst.operand && $0.isKink }) {
        return style.failure("\(style.bad) a kink at \(node.name) = \(node.expression)")
          + ": its slopes on the two sides differ; the rule gives d\(node.name)/d"
          + "\(explanation.nodes[worst.operand].name) = \(NumberText.value(worst.derivative)), between them"
      }
      return style.failure("\(style.bad) the chain rule and the measurement differ")
        + " first at \(node.name) = \(node.expression): d\(node.name)/d\(explanation.nodes[worst.operand].name) is "
        + "\(NumberText.value(worst.derivative)) and "
        + "\(NumberText.value(worst.measured))"
        + (explanation.planted?.node == node.name ? ": the planted rule" : "; a kink, a jump, or a wrong rule")
    }
    let gradient = explanation.directions.map {
      "d\(output.name)/d\(explanation.nodes[$0].name) = \(NumberText.value(explanation.nodes[$0].adjoint))"
    }
    return style.success("\(style.good) \(output.name) = \(NumberText.value(output.value))") + ", "
      + gradient.joined(separator: ", ")
  }

  /// With as many directions and digits as the width has room for.
  private func fitting(_ nodes: [Explanation.Node], width: Int) -> TextTable {
    for directions in (0...explanation.directions.count).reversed() {
      for digits in [6, 5, 4] {
        let candidate = table({ NumberText.value($0, digits: digits) }, directions: directions, nodes: nodes)
        if candidate.text(width: .max).split(separator: "\n").allSatisfy({ $0.count <= width }) { return candidate }
      }
    }
    for directions in (0...explanation.directions.count).reversed() {
      for digits in [6, 5, 4] {
        let candidate = table({ NumberText.value($0, digits: digits) }, directions: directions, nodes: nodes)
        if let broken = breaking(candidate, width: width) { return broken }
      }
    }
    return table({ NumberText.value($0, digits: 4) }, directions: 0, nodes: nodes)
  }

  /// With the expressions on several lines each; nil where they do not fit even so.
  private func breaking(_ table: TextTable, width: Int) -> TextTable? {
    let widths = table.columns.indices.map { c in
      max(table.columns[c].title.count, table.rows.map { $0[c].count }.max() ?? 0)
    }
    let room = width - (widths.reduce(0, +) - widths[1] + 2 * (widths.count - 1))
    // A product with a long name in it may be broken, too.
    func breakable(_ text: String) -> String {
      text.split(separator: " ").map { $0.count > room ? String($0).replacing("*", with: "* ") : String($0) }
        .joined(separator: " ")
    }
    let words = table.rows.flatMap { breakable($0[1]).split(separator: " ") }
    guard room >= max(16, words.map(\.count).max() ?? 0) else { return nil }
    var result = table
    result.rows = table.rows.flatMap { row -> [[String]] in
      let lines = wrapped(breakable(row[1]), width: room, indent: 0, hanging: 0)
      return lines.enumerated().map { line, text in
        row.indices.map { $0 == 1 ? text : (line == 0 ? row[$0] : "") }
      }
    }
    return result
  }

  /// df/dw as symbols, formulas, numbers, and the sum.
  private func paths(_ sum: Explanation.PathSum, width: Int, style: TextStyle) -> [String] {
    let nodes = explanation.nodes
    let head = "d\(output.name)/d\(nodes[sum.input].name)"
    guard !sum.paths.isEmpty else {
      return ["  \(head) = 0: no path leads from \(nodes[sum.input].name) to \(output.name)"]
    }
    let dot = style.text(" · ")
    var lines: [String] = []
    let shown = sum.paths.prefix(limit)
    for (index, path) in shown.enumerated() {
      let steps = zip(zip(path.nodes, path.nodes.dropFirst()), path.slots).map { step, slot in
        "d\(nodes[step.0].name)/d\(nodes[step.1].name)"
          + (explanation.side(of: step.0, slot: slot).map { " (\($0))" } ?? "")
      }
      let begin = index == 0 ? "\(head) = " : "+ "
      let column = head.count + 1
      if path.slopes.isEmpty {
        lines += wrapped("\(begin)1", width: width, indent: index == 0 ? 2 : 2 + head.count + 1, hanging: 0)
        continue
      }
      lines += wrapped(
        "\(begin)\(steps.joined(separator: dot))", width: width, indent: index == 0 ? 2 : 2 + column,
        hanging: index == 0 ? column : 2)
      lines += wrapped(
        "= " + path.formulas.map(bracketed).joined(separator: dot), width: width, indent: 2 + column, hanging: 2)
      let numbers = path.slopes.map { $0 < 0 ? "(\(NumberText.value($0)))" : NumberText.value($0) }
      let product = numbers.count > 1 ? " = \(NumberText.value(path.product))" : ""
      lines += wrapped(
        "= \(numbers.joined(separator: dot))\(product)", width: width, indent: 2 + column, hanging: 2)
    }
    if sum.count > 1 {
      let left = sum.count - Double(shown.count)
      let all = left > 0 ? "all \(NumberText.value(sum.count, digits: 6)) paths together" : "together"
      lines += wrapped("\(all): \(head) = \(NumberText.value(sum.total, digits: 10))", width: width, indent: 2)
    }
    return lines
  }

  private func bracketed(_ formula: String) -> String {
    formula.contains { " +-".contains($0) } ? "(\(formula))" : formula
  }

  private func matrix(_ hessian: [[Double]]) -> TextTable {
    let names = explanation.directionNames
    return TextTable(
      [""] + names.map { ">\($0)" }, rows: zip(names, hessian).map { [$0] + $1.map { NumberText.value($0) } })
  }
}
