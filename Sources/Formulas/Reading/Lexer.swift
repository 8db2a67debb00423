// SPDX-License-Identifier: Apache-2.0

/// Cuts a formula's text into tokens.
///
/// By Unicode scalars, as in programming languages: a mark that joins an operator, as people would see it, must not hide it.
struct Lexer {
  private let text: String
  private let characters: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text.unicodeScalars)
  }

  /// All tokens; the last is the end.
  static func tokens(_ text: String) throws(FormulaError) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private func error(_ message: String, at offset: Int, length: Int = 1) -> FormulaError {
    FormulaError(message, text: text, scalars: offset..<(offset + length))
  }

  private func character(at index: Int) -> Unicode.Scalar? { index < characters.count ? characters[index] : nil }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters[range])
    return String(text)
  }

  private mutating func next() throws(FormulaError) -> Token {
    while let c = character(at: position), c.properties.isWhitespace { position += 1 }
    let start = position
    guard let c = character(at: start) else { return Token(kind: .end, offset: start, length: 1) }
    let kind: Token.Kind
    if NameSpelling.isDigit(c) || (c == "." && character(at: start + 1).map(NameSpelling.isDigit) == true) {
      kind = .number(try number())
    } else if NameSpelling.isStart(c) {
      while let c = character(at: position), NameSpelling.isPart(c) { position += 1 }
      kind = .word(string(start..<position))
    } else if c == "`" {
      kind = .quoted(try quoted(by: "`"))
    } else if c == "[" {
      kind = .quoted(try quoted(by: "]"))
    } else {
      kind = try sign(c)
    }
    return Token(kind: kind, offset: start, length: position - start)
  }

  private mutating func sign(_ c: Unicode.Scalar) throws(FormulaError) -> Token.Kind {
    let start = position
    func followed(by other: Unicode.Scalar) -> Bool { character(at: start + 1) == other }
    let (kind, length): (Token.Kind, Int) =
      switch c {
      case "+": (.plus, 1)
      case "-", "−", "–": (.minus, 1)
      case "*": followed(by: "*") ? (.infix(.power), 2) : (.infix(.multiply), 1)
      case "×", "·", "⋅": (.infix(.multiply), 1)
      case "/", "÷": (.infix(.divide), 1)
      case "^": (.infix(.power), 1)
      case "(": (.open, 1)
      case ")": (.close, 1)
      case ",": (.comma, 1)
      case "<": followed(by: "=") ? (.infix(.atMost), 2) : (.infix(.less), 1)
      case ">": followed(by: "=") ? (.infix(.atLeast), 2) : (.infix(.greater), 1)
      case "≤": (.infix(.atMost), 1)
      case "≥": (.infix(.atLeast), 1)
      // One character with its stroke as a mark of its own, or two.
      case "≠": (.infix(.unequal), 1)
      case "=" where followed(by: "\u{338}"): (.infix(.unequal), 2)
      case "=": followed(by: "=") ? (.infix(.equal), 2) : (.equals, 1)
      case "!": followed(by: "=") ? (.infix(.unequal), 2) : (.not, 1)
      case "&" where followed(by: "&"): (.infix(.and), 2)
      case "|" where followed(by: "|"): (.infix(.or), 2)
      default: throw unknown(c)
      }
    position += length
    return kind
  }

  private func unknown(_ c: Unicode.Scalar) -> FormulaError {
    let hint =
      switch c {
      case "&": "; write 'and'"
      case "|": "; write 'or', and abs(x) for |x|"
      case "~": "; write '=' between the two sides"
      case "²", "³", "⁴": "; write a power with '^', as in x^2"
      case "√": "; write sqrt(x)"
      case "{", "}", "]": "; write parentheses"
      case ";": "; write ',' between arguments"
      case ".": "; a number needs a digit, as in .5"
      case "'", "\"": "; a column's name with spaces is written in backquotes"
      case "%": "; a percentage is written as a number, as in 0.05"
      case "\\": "; write the function's name alone, as in sqrt(x)"
      default: ""
      }
    let isPrintable = Character(c).isNumber || Character(c).isSymbol || Character(c).isPunctuation
    let name = isPrintable ? "'\(c)'" : "the character U+\(String(c.value, radix: 16, uppercase: true))"
    return error("\(name) has no meaning in a formula\(hint)", at: position)
  }

  /// Digits with at most one point and one exponent.
  private mutating func number() throws(FormulaError) -> Double {
    let start = position
    func digits(from index: Int) -> Int {
      var end = index
      while let c = character(at: end), NameSpelling.isDigit(c) { end += 1 }
      return end
    }
    position = digits(from: position)
    if character(at: position) == "." { position = digits(from: position + 1) }
    if let c = character(at: position), c == "e" || c == "E" {
      let signed = character(at: position + 1).map { ["+", "-", "−"].contains($0) } == true
      let first = position + (signed ? 2 : 1)
      let end = digits(from: first)
      guard end > first else {
        throw error(
          "the exponent of a number has no digits; write 1e-3, or 2*e for Euler's number", at: start,
          length: first - start)
      }
      position = end
    }
    if character(at: position) == "." {
      throw error("a number has one decimal point", at: start, length: position - start + 1)
    }
    let digits = string(start..<position).replacing("−", with: "-")
    guard let value = Double(digits), value.isFinite else {
      throw error("the number is too large: the largest is 1.797e308", at: start, length: position - start)
    }
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    guard value != 0 || mantissa.allSatisfy({ "0.".contains($0) }) else {
      throw error("the number is too small: the smallest is 4.941e-324", at: start, length: position - start)
    }
    return value
  }

  /// A name up to its closing mark, which is doubled inside.
  private mutating func quoted(by mark: Unicode.Scalar) throws(FormulaError) -> String {
    let start = position
    var name = String.UnicodeScalarView()
    position += 1
    while let c = character(at: position) {
      position += 1
      if c != mark {
        name.append(c)
      } else if character(at: position) == mark {
        name.append(c)
        position += 1
      } else {
        guard !name.isEmpty else { throw error("a quoted name is empty", at: start, length: position - start) }
        return String(name)
      }
    }
    throw error("the name that begins here has no closing '\(mark)'", at: start)
  }
}
