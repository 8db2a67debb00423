// SPDX-License-Identifier: Apache-2.0

import Explanations

extension Explanation {
  /// Whether one of the inputs asked for moves a number: the others' derivatives are not wanted on the way back.
  fileprivate func leadsToDirection(_ node: Int) -> Bool {
    if directions.contains(node) { return true }
    var open = nodes[node].operands
    var seen = Set(open)
    while let next = open.popLast() {
      if directions.contains(next) { return true }
      open += nodes[next].operands.filter { seen.insert($0).inserted }
    }
    return false
  }
}

/// An explanation one operation at a time: forwards every value, backwards every adjoint with its sum.
struct ExplanationWalk {
  let explanation: Explanation
  let style: TextStyle
  let width: Int

  init(_ explanation: Explanation, style: TextStyle, width: Int) {
    self.explanation = explanation
    self.style = style
    self.width = width
  }

  /// What is shown step by step.
  var steps: [String] {
    let nodes = explanation.nodes
    let shown = nodes.indices.filter { nodes[$0].kind != .constant }
    var steps: [String] = []
    for i in shown {
      let node = nodes[i]
      if node.kind == .input {
        steps.append("forward   \(node.name) = \(NumberText.value(node.value))   (input)")
      } else {
        steps.append(
          "forward   \(node.name) = \(node.expression) = \(numbers(node)) = \(NumberText.value(node.value))")
      }
    }
    let out = nodes[explanation.output]
    steps.append("backward  d\(out.name)/d\(out.name) = 1")
    for i in shown.reversed() where i != explanation.output && explanation.leadsToDirection(i) {
      steps.append("backward  \(ExplanationWalk.sum(i, explanation))")
    }
    return steps
  }

  /// The expression with the operands' values in the names' places.
  private func numbers(_ node: Explanation.Node) -> String {
    let names = node.operands.map { explanation.nodes[$0] }.filter { $0.kind != .constant }
    var text = ""
    var word = ""
    func flush() {
      if let operand = names.first(where: { $0.name == word }) {
        let value = NumberText.value(operand.value)
        text += value.hasPrefix("-") ? "(\(value))" : value
      } else {
        text += word
      }
      word = ""
    }
    for character in node.expression {
      if character.isLetter || character.isNumber || "_.[]".contains(character)
        || (character == "," && word.contains("[") && !word.contains("]"))
      {
        word.append(character)
      } else {
        flush()
        text.append(character)
      }
    }
    flush()
    return text
  }

  /// df/dv = df/du · du/dv + … in symbols and numbers.
  static func sum(_ i: Int, _ explanation: Explanation) -> String {
    let nodes = explanation.nodes
    let (node, out) = (nodes[i], nodes[explanation.output].name)
    guard !node.adjointTerms.isEmpty else { return "d\(out)/d\(node.name) = 0   (nothing uses it)" }
    let symbols = node.adjointTerms.map { term in
      let side = explanation.side(of: term.user, slot: term.slot).map { " (\($0))" } ?? ""
      return "d\(out)/d\(nodes[term.user].name)*d\(nodes[term.user].name)/d\(node.name)\(side)"
    }
    let numbers = node.adjointTerms.map { "\(bracket($0.adjoint))*\(bracket($0.slope))" }
    return "d\(out)/d\(node.name) = \(symbols.joined(separator: " + ")) = \(numbers.joined(separator: " + ")) = "
      + NumberText.value(node.adjoint)
  }

  private static func bracket(_ x: Double) -> String { x < 0 ? "(\(NumberText.value(x)))" : NumberText.value(x) }

  /// Shows each step after a line from standard input; where that is no terminal, all of them.
  func run() throws {
    let all = steps
    let waits = Terminal.isTerminal(.output) && Terminal.isTerminal(.input)
    for (index, step) in all.enumerated() {
      let count = "\(index + 1)/\(all.count)"
      try Terminal.writeOutput(
        wrapped("\(count.padded(to: 8))\(step)", width: width, indent: 0, hanging: 10).joined(separator: "\n") + "\n")
      guard waits, index + 1 < all.count else { continue }
      Terminal.writeError(style.faint("Enter: next, q: stop "))
      guard let answer = readLine(), !answer.hasPrefix("q") else { return }
    }
  }
}

/// An explanation with its numbers asked for.
struct ExplanationQuiz {
  let explanation: Explanation
  let style: TextStyle
  let width: Int

  init(_ explanation: Explanation, style: TextStyle, width: Int) {
    self.explanation = explanation
    self.style = style
    self.width = width
  }

  /// A question, its answer, and how one comes to it.
  var questions: [(text: String, answer: Double, reason: String)] {
    let nodes = explanation.nodes
    let out = nodes[explanation.output].name
    let forward = nodes.filter { $0.kind == .operation }.map { node in
      (
        "\(node.name) = \(node.expression)", node.value,
        "\(node.name) = \(node.expression) = \(NumberText.value(node.value))"
      )
    }
    let backward = nodes.indices.reversed().filter {
      nodes[$0].kind != .constant && ($0 == explanation.output || explanation.leadsToDirection($0))
    }.map { i in
      (
        "d\(out)/d\(nodes[i].name)", nodes[i].adjoint,
        i == explanation.output ? "a number moves with itself: 1" : ExplanationWalk.sum(i, explanation)
      )
    }
    return forward + backward
  }

  /// Whether an answer is right to the digits that it has, three at least or all there are.
  static func isRight(_ typed: String, _ answer: Double) -> Bool? {
    let text = typed.filter { $0 != " " }.replacing(",", with: ".")
    guard let value = Double(text), value.isFinite else { return nil }
    return (value - answer).magnitude <= max(5e-3 * answer.magnitude, 5e-7)
  }

  /// Asks until the input ends or says q; prints what was right.
  func run() throws {
    var right = 0
    var asked = 0
    for input in explanation.inputs.map({ explanation.nodes[$0] }) {
      try Terminal.writeOutput("\(input.name) = \(NumberText.value(input.value))\n")
    }
    for question in questions {
      try Terminal.writeOutput("\(question.text) = ? ")
      guard let typed = readLine(), !typed.hasPrefix("q") else {
        try Terminal.writeOutput("\n")
        break
      }
      if !Terminal.isTerminal(.input) { try Terminal.writeOutput("\(typed)\n") }
      asked += 1
      if Self.isRight(typed, question.answer) == true {
        right += 1
        try Terminal.writeOutput(style.success("  \(style.good) right") + "\n")
      } else {
        let lines = wrapped(question.reason, width: width, indent: 4)
        try Terminal.writeOutput(style.failure("  \(style.bad) no") + "\n" + lines.joined(separator: "\n") + "\n")
      }
    }
    try Terminal.writeOutput("\(right) of \(asked) right\n")
  }
}
