// SPDX-License-Identifier: Apache-2.0

import Formulas

/// Lists such as `a=1,b=pi/2` as typed.
enum NamedValues {
  /// One item, with its name out of quotes.
  struct Item {
    let name: String
    let text: String
  }

  /// The items of all occurrences of an option, split at commas that stand in no brackets or quotes.
  static func items(_ texts: [String], option: String, example: String = "a=1,b=0.5") throws -> [Item] {
    var items: [Item] = []
    for part in texts.flatMap(parts) {
      guard let separator = part.firstIndex(of: "="), separator > part.startIndex else {
        throw CommandError.usage("\(option): '\(part)' is not name=value; write \(option) \(example)")
      }
      let name = unquoted(trimmed(part[..<separator]))
      let text = trimmed(part[part.index(after: separator)...])
      if text.isEmpty { throw CommandError.usage("\(option): \(name) has no value; write \(option) \(example)") }
      if items.contains(where: { $0.name == name }) {
        throw CommandError.usage("\(option): \(name) is given twice; give it once")
      }
      items.append(Item(name: name, text: text))
    }
    return items
  }

  /// The names of a list without values.
  static func names(_ texts: [String]) -> [String] { texts.flatMap(parts).map { unquoted(trimmed($0[...])) } }

  /// A number as typed: also a formula without variables, such as pi/2.
  static func number(_ text: String, option: String, name: String) throws -> Double {
    if let number = Double(text) { return number }
    do {
      let formula = try Formula(text)
      guard formula.left == nil, let value = formula.right.value(at: [:]) else {
        throw CommandError.usage("\(option): '\(text)' is no number for \(name); write \(name)=0.5")
      }
      return value
    } catch is FormulaError {
      throw CommandError.usage("\(option): '\(text)' is no number for \(name); write \(name)=0.5")
    }
  }

  /// A formula, or a usage error with the mark below the place.
  static func formula(_ text: String, option: String) throws -> Formula {
    do { return try Formula(text) } catch { throw CommandError.usage("\(option): \(error.description)") }
  }

  private static func parts(_ text: String) -> [String] {
    var depth = 0
    var isQuoted = false
    return text.split { character in
      switch character {
      case "`": isQuoted.toggle()
      case "(", "[": depth += isQuoted ? 0 : 1
      case ")", "]": depth -= isQuoted ? 0 : 1
      default: break
      }
      return character == "," && depth <= 0 && !isQuoted
    }.map(String.init)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private static func unquoted(_ name: String) -> String {
    guard name.hasPrefix("`") || name.hasPrefix("["), let formula = try? Formula(name) else { return name }
    return formula.right.variable ?? name
  }
}
