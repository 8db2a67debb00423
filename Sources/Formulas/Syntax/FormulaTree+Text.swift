// SPDX-License-Identifier: Apache-2.0

extension FormulaTree: CustomStringConvertible {
  /// The formula, with the parentheses it needs: reading it gives the same tree.
  public var description: String {
    var stack: [(text: String, precedence: Precedence)] = []
    for node in nodes {
      let count = node.operandCount
      let arguments = Array(stack.suffix(count))
      stack.removeLast(count)
      stack.append((Self.text(node, arguments), node.precedence))
    }
    return stack.last?.text ?? ""
  }

  private typealias Part = (text: String, precedence: Precedence)

  private static func text(_ node: Node, _ parts: [Part]) -> String {
    func part(_ index: Int, atLeast least: Precedence) -> String {
      parts[index].precedence < least ? "(\(parts[index].text))" : parts[index].text
    }
    switch node {
    case .number(let x): return NumberSpelling.text(x)
    case .pi: return "pi"
    case .euler: return "e"
    case .variable(let name): return NameSpelling.text(name)
    case .choose, .call:
      var name = "if"
      if case .call(let function, _) = node { name = function.rawValue }
      return "\(name)(\(parts.map(\.text).joined(separator: ", ")))"
    // No parentheses that reading does not need: what was read can always be read back, however deep it is.
    case .negate: return "-" + part(0, atLeast: .sign)
    case .not: return "not " + part(0, atLeast: .not)
    case .power: return part(0, atLeast: .leaf) + "^" + part(1, atLeast: .sign)
    case .multiply, .divide: return part(0, atLeast: .product) + (node.symbol ?? "") + part(1, atLeast: .sign)
    default:
      // Comparisons do not chain: both sides bind tighter. The others join to the left.
      let own = node.precedence
      let left = part(0, atLeast: own == .comparison ? .sum : own)
      let right = part(1, atLeast: own.tighter)
      return "\(left) \(node.symbol ?? "") \(right)"
    }
  }
}

/// Numbers as text that reads back.
enum NumberSpelling {
  /// The shortest text, without a trailing `.0`.
  static func text(_ x: Double) -> String {
    let text = "\(x)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Names as text that reads back: as they are, or in backquotes.
enum NameSpelling {
  /// Words that are not variables unless quoted.
  static let reserved: Set<String> = ["pi", "π", "e", "if", "and", "or", "not"]

  static func text(_ name: String) -> String {
    if isPlain(name) { return name }
    // By scalars, as it is read: a mark on a quote is not part of the quote.
    var quoted = String.UnicodeScalarView()
    quoted.append("`")
    for scalar in name.unicodeScalars {
      quoted.append(scalar)
      if scalar == "`" { quoted.append(scalar) }
    }
    quoted.append("`")
    return String(quoted)
  }

  /// Whether a name may stand without quotes.
  static func isPlain(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, isStart(first), scalars.allSatisfy(isPart) else { return false }
    return !reserved.contains(name) && ElementaryFunction.named(name) == nil
  }

  static func isStart(_ c: Unicode.Scalar) -> Bool { c == "_" || c.properties.isAlphabetic && !isMark(c) }

  static func isPart(_ c: Unicode.Scalar) -> Bool { isStart(c) || isDigit(c) || isMark(c) }

  static func isDigit(_ c: Unicode.Scalar) -> Bool { ("0"..."9").contains(c) }

  private static func isMark(_ c: Unicode.Scalar) -> Bool {
    switch c.properties.generalCategory {
    case .nonspacingMark, .spacingMark: c.value != 0x338
    default: false
    }
  }
}
