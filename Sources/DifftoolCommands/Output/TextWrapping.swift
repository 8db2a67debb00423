// SPDX-License-Identifier: Apache-2.0

/// Text broken at spaces to lines of at most `width`: all with an indent, the second and later ones with two more.
///
/// A word longer than a line, such as a specification with many options, is broken behind its commas.
func wrapped(_ text: String, width: Int, indent: Int, hanging: Int = 2) -> [String] {
  let margin = String(repeating: " ", count: indent)
  let laterMargin = String(repeating: " ", count: indent + hanging)
  let room = max(8, width - indent - hanging)
  var lines: [String] = []
  var line = margin
  var isEmpty = true
  for word in text.split(separator: " ") {
    for (index, piece) in pieces(String(word), room: room).enumerated() {
      let separator = isEmpty || index > 0 ? "" : " "
      if !isEmpty, line.count + separator.count + piece.count > width {
        lines.append(line)
        line = laterMargin + piece
      } else {
        line += separator + piece
      }
      isEmpty = false
    }
  }
  lines.append(line)
  return lines
}

/// A word in pieces that fit, broken behind commas; whole where it fits.
private func pieces(_ word: String, room: Int) -> [String] {
  guard word.count > room else { return [word] }
  var result: [String] = []
  var piece = ""
  for part in word.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
    if !piece.isEmpty, piece.count + part.count + 1 > room {
      result.append(piece)
      piece = ""
    }
    piece += part + ","
  }
  result.append(String(piece.dropLast()))
  return result.filter { !$0.isEmpty }
}

/// `1 parameter`, `2 parameters`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Text in ASCII: known signs spelt out, others as `\u{…}`.
func asciiOnly(_ text: String) -> String {
  guard !text.unicodeScalars.allSatisfy(\.isASCII) else { return text }
  return text.unicodeScalars.map { scalar in
    scalar.isASCII
      ? String(scalar) : asciiSpellings[scalar] ?? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }.joined()
}

/// JSON in ASCII, with the same meaning: other characters as `\uXXXX`.
func asciiJSON(_ text: String) -> String {
  guard !text.unicodeScalars.allSatisfy(\.isASCII) else { return text }
  return text.utf16.map { unit in
    guard unit >= 0x80 else { return String(UnicodeScalar(UInt8(unit))) }
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }.joined()
}

private let asciiSpellings: [Unicode.Scalar: String] = [
  "…": "...", "µ": "u", "μ": "u", "±": "+-", "√": "sqrt ", "Σ": "sum ", "²": "^2", "³": "^3", "ⁿ": "^n", "·": "*",
  "×": "x", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "∞": "inf", "−": "-", "–": "-", "—": "-", "’": "'", "‘": "'",
  "“": "\"", "”": "\"", "✓": "ok", "✗": "FAIL", "β": "beta", "γ": "gamma", "δ": "delta", "λ": "lambda",
  "π": "pi", "σ": "sigma", "θ": "theta", "Δ": "Delta", "│": "|", "─": "-", "\u{A0}": " ",
]
