// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Reads tokens by the precedence of operators, into nodes in postfix order.
///
/// It recurses for parentheses, arguments, signs and exponents only, at most ``maximumDepth`` deep: deeper nesting is an
/// error instead of a stack overflow. Operators that join to the left are a loop.
struct Parser {
  /// How deeply a formula may nest.
  static let maximumDepth = 200
  /// How many numbers, names and signs a formula may have.
  static let maximumTokens = 100_000

  private let text: String
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  private var nodes: [FormulaTree.Node] = []

  /// What has been read: its kind, and where it stands.
  private struct Operand {
    let kind: FormulaTree.Kind
    let offset: Int
    let end: Int
  }

  init(_ text: String) throws(FormulaError) {
    self.text = text
    tokens = try Lexer.tokens(text)
    guard tokens.count <= Parser.maximumTokens else {
      throw FormulaError(
        "a formula has at most \(Parser.maximumTokens) numbers, names and signs, and this has \(tokens.count)")
    }
  }

  private var token: Token { tokens[position] }

  private mutating func advance() { if position < tokens.count - 1 { position += 1 } }

  private func error(_ message: String, at token: Token) -> FormulaError {
    FormulaError(message, text: text, scalars: token.offset..<(token.offset + token.length))
  }

  private func error(_ message: String, at operand: Operand) -> FormulaError {
    FormulaError(message, text: text, scalars: operand.offset..<max(operand.offset + 1, operand.end))
  }

  /// How a token is called in a message.
  private func words(_ token: Token) -> String {
    if token.kind == .end { return text.allSatisfy(\.isWhitespace) ? "nothing" : "the end" }
    let view = text.unicodeScalars
    let start = view.index(view.startIndex, offsetBy: token.offset)
    let word = String(view[start...].prefix(token.length))
    return "'\(word.prefix(40))\(word.count > 40 ? "…" : "")'"
  }

  // MARK: The whole

  /// One side, or two with `=` between them.
  mutating func formula() throws(FormulaError) -> (left: FormulaTree?, right: FormulaTree) {
    let first = try side()
    guard token.kind == .equals else { return (nil, first) }
    advance()
    let second = try side()
    if token.kind == .equals { throw error("a formula has one '='; a comparison is written '=='", at: token) }
    return (first, second)
  }

  private mutating func side() throws(FormulaError) -> FormulaTree {
    nodes = []
    let operand = try expression(.or)
    if operand.kind == .condition {
      throw error("this is a condition; write if(condition, a, b) to make a number of it", at: operand)
    }
    guard token.kind == .end || token.kind == .equals else { throw unexpectedAfterOperand("the end") }
    return FormulaTree(nodes: nodes)
  }

  /// The error where an operand is complete and something follows that cannot.
  private func unexpectedAfterOperand(_ alternative: String) -> FormulaError {
    switch token.kind {
    case .close: return error("this ')' closes nothing; is a '(' missing before it?", at: token)
    case .comma: return error("expected an operator or \(alternative), found ','; a decimal point is '.'", at: token)
    case .not: return error("expected an operator or \(alternative), found '!'; unequal is '!='", at: token)
    default:
      let hint = token.beginsOperand ? "; to multiply, write '*'" : ""
      return error("expected an operator or \(alternative), found \(words(token))\(hint)", at: token)
    }
  }

  // MARK: Operators

  private func infix(_ token: Token) -> FormulaTree.Node? {
    switch token.kind {
    case .infix(let node): node
    case .plus: .add
    case .minus: .subtract
    case .word("and"): .and
    case .word("or"): .or
    default: nil
    }
  }

  private mutating func expression(_ least: Precedence) throws(FormulaError) -> Operand {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.maximumDepth else {
      throw error("the formula nests more than \(Parser.maximumDepth) deep here", at: token)
    }
    var left = try prefix()
    while let node = infix(token), node.precedence >= least {
      let sign = token
      advance()
      // A power joins to the right: 2^3^2 = 2^9.
      let right = try expression(node == .power ? .power : node.precedence.tighter)
      left = try join(node, sign, [left, right])
      if node.precedence == .comparison, let next = infix(token), next.precedence == .comparison {
        throw error("comparisons do not chain; write a < b and b < c", at: token)
      }
    }
    return left
  }

  /// Appends an operator behind its operands, if they are what it takes.
  private mutating func join(_ node: FormulaTree.Node, _ sign: Token, _ operands: [Operand]) throws(FormulaError)
    -> Operand
  {
    for (operand, kind) in zip(operands, node.operands) where operand.kind != kind {
      throw error(
        kind == .number
          ? "\(words(sign)) takes numbers, and this is a condition"
          : "\(words(sign)) takes conditions such as x > 0, and this is a number", at: operand)
    }
    nodes.append(node)
    let end = operands.last?.end ?? sign.offset + sign.length
    return Operand(kind: node.kind, offset: min(sign.offset, operands.first?.offset ?? sign.offset), end: end)
  }

  private mutating func prefix() throws(FormulaError) -> Operand {
    let sign = token
    switch sign.kind {
    case .minus:
      advance()
      let operand = try expression(.power)
      return try join(.negate, sign, [operand])
    case .plus:
      advance()
      let operand = try expression(.power)
      if operand.kind == .condition { throw error("'+' takes numbers, and this is a condition", at: operand) }
      return operand
    case .not, .word("not"):
      advance()
      let operand = try expression(.comparison)
      return try join(.not, sign, [operand])
    default: return try primary()
    }
  }

  // MARK: Operands

  private mutating func primary() throws(FormulaError) -> Operand {
    let first = token
    func operand(_ kind: FormulaTree.Kind = .number, end: Int? = nil) -> Operand {
      Operand(kind: kind, offset: first.offset, end: end ?? first.offset + first.length)
    }
    switch first.kind {
    case .number(let value):
      advance()
      nodes.append(.number(value))
    case .quoted(let name):
      advance()
      nodes.append(.variable(name))
    case .word(let word) where !["and", "or", "not"].contains(word):
      advance()
      if token.kind == .open { return try call(word, first) }
      nodes.append(try leaf(word, first))
    case .open:
      advance()
      let inner = try expression(.or)
      try close(first, "')'")
      return operand(inner.kind, end: tokens[position - 1].offset + 1)
    default:
      throw error("expected a number, a name or '(', found \(words(first))", at: first)
    }
    return operand()
  }

  /// Reads the ')' that belongs to an opening one.
  private mutating func close(_ open: Token, _ expected: String) throws(FormulaError) {
    if token.kind == .close { return advance() }
    if token.kind == .equals {
      throw error("'=' cannot stand in parentheses; a comparison is written '=='", at: token)
    }
    if token.kind == .end {
      let place = FormulaError("", text: text, scalars: open.offset..<(open.offset + 1)).offset + 1
      throw error("expected \(expected) for the '(' at character \(place), found the end", at: token)
    }
    let isAlone = expected == "')'" && token.kind == .comma
    throw isAlone
      ? error("expected an operator or ')', found ','; a decimal point is '.'", at: token)
      : unexpectedAfterOperand(expected)
  }

  /// A word that is not called.
  private func leaf(_ word: String, _ token: Token) throws(FormulaError) -> FormulaTree.Node {
    switch word {
    case "pi", "π": return .pi
    case "e": return .euler
    case "if": throw error("'if' is written if(condition, a, b)", at: token)
    default:
      guard ElementaryFunction.named(word) == nil else {
        throw error(
          "expected '(' behind the function '\(word)'; a variable of that name is written `\(word)`", at: token)
      }
      return .variable(word)
    }
  }

  private mutating func call(_ word: String, _ name: Token) throws(FormulaError) -> Operand {
    let isChoice = word == "if"
    let function = ElementaryFunction.named(word)
    guard isChoice || function != nil else { throw error(unknownFunction(word), at: name) }
    let open = token
    advance()
    var arguments: [Operand] = []
    if token.kind != .close {
      while true {
        arguments.append(try expression(.or))
        guard token.kind == .comma else { break }
        advance()
      }
    }
    try close(open, "',' or ')'")
    let end = tokens[position - 1].offset + 1
    let whole = Operand(kind: .number, offset: name.offset, end: end)
    guard let function else {
      guard arguments.count == 3 else {
        throw error("if takes a condition and two numbers, if(x < 0, a, b), not \(count(arguments.count))", at: whole)
      }
      _ = try join(.choose, name, arguments)
      return whole
    }
    guard function.arguments.contains(arguments.count) else {
      throw error(
        "\(word) takes \(function.argumentWords), not \(count(arguments.count))"
          + (function == .log && arguments.count == 2 ? "; to another base: log(x)/log(base)" : ""), at: whole)
    }
    for argument in arguments where argument.kind == .condition {
      throw error("\(word) takes numbers, and this is a condition", at: argument)
    }
    nodes.append(.call(function, count: arguments.count))
    return whole
  }

  private func count(_ arguments: Int) -> String { arguments == 0 ? "none" : "\(arguments)" }

  private func unknownFunction(_ word: String) -> String {
    let begin = "no function is called '\(word.prefix(40))'"
    switch word {
    case "erfc": return "\(begin); write 1 - erf(x)"
    case "floor", "ceil", "round", "trunc", "mod":
      return "\(begin): it would have steps, and no derivative there"
    case "pi", "e", "π": return "'\(word)' is a number and takes no arguments; to multiply, write \(word)*(…)"
    default: break
    }
    if word.count <= 32, let near = closestName(to: word, among: ElementaryFunction.names + ["if"]) {
      return "\(begin) (did you mean '\(near)'?)"
    }
    let list = ElementaryFunction.allCases.map(\.rawValue).sorted().joined(separator: ", ")
    return "\(begin); to multiply, write '*'; the functions are: \(list)"
  }
}
