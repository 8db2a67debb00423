// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a formula, and where.
public struct FormulaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, what was expected, and the way out.
  public let message: String

  /// The text that was read; nil where the error is not one of reading.
  public let text: String?

  /// The place in characters (as people count them) from 0; the text's length for its end.
  public let offset: Int

  /// How many characters are meant.
  public let length: Int

  init(_ message: String, text: String? = nil, offset: Int = 0, length: Int = 1) {
    self.message = message
    self.text = text
    self.offset = offset
    self.length = max(1, length)
  }

  /// … with a place in Unicode scalars, which is how the text is read.
  init(_ message: String, text: String, scalars: Range<Int>) {
    let view = text.unicodeScalars
    let start = view.index(view.startIndex, offsetBy: scalars.lowerBound, limitedBy: view.endIndex) ?? view.endIndex
    let end = view.index(start, offsetBy: scalars.count, limitedBy: view.endIndex) ?? view.endIndex
    self.init(message, text: text, offset: text[..<start].count, length: text[start..<end].count)
  }

  /// The message with the place, the line, and a mark below it:
  ///
  ///     formula, character 3: no function is called 'epx' (did you mean 'exp'?)
  ///       a*epx(-b*x)
  ///         ^~~
  public var description: String {
    guard let text else { return message }
    let excerpt = Excerpt(text, offset: offset, length: length)
    let place = excerpt.line > 0 ? "line \(excerpt.line + 1), character" : "character"
    let head = "formula, \(place) \(excerpt.column + 1): \(message)"
    return text.isEmpty ? head : "\(head)\n  \(excerpt.shown)\n  \(excerpt.mark)"
  }
}

/// The part of a text around a place, and the mark that belongs below it.
private struct Excerpt {
  let line: Int
  /// In characters, from the beginning of the line.
  let column: Int
  let shown: String
  let mark: String

  init(_ text: String, offset: Int, length: Int) {
    let characters = Array(text)
    let place = min(offset, characters.count)
    let start = (characters[..<place].lastIndex(where: \.isNewline) ?? -1) + 1
    let end = characters[place...].firstIndex(where: \.isNewline) ?? characters.count
    line = characters[..<start].count(where: \.isNewline)
    column = place - start
    // Of a long line, what is around the place.
    let first = max(start, place - 48)
    let last = min(end, max(place, first) + 24)
    let before = characters[first..<place].map(Self.printable)
    let meant = characters[place..<max(place, min(last, place + length))].map(Self.printable)
    let after = characters[min(last, place + meant.count)..<last].map(Self.printable)
    let lead = first > start ? "…" : ""
    shown = lead + (before + meant + after).joined() + (last < end ? "…" : "")
    // A tab below a tab is as wide as it.
    let margin = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.columns($0)) }
    let width = max(1, meant.reduce(0) { $0 + Self.columns($1) })
    mark = String(repeating: " ", count: lead.count) + margin.joined() + "^" + String(repeating: "~", count: width - 1)
  }

  /// A character as it may be shown: control and formatting characters would move the cursor or the text.
  private static func printable(_ c: Character) -> String {
    if c == "\t" { return "\t" }
    let isHarmless = c.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
      case .format: scalar == "\u{200D}" || scalar == "\u{200C}"
      default: true
      }
    }
    return isHarmless ? String(c) : "\u{FFFD}"
  }

  /// The columns that a terminal gives it: two for emoji and for the wide characters of East Asia.
  private static func columns(_ text: String) -> Int {
    guard let scalar = text.unicodeScalars.first else { return 0 }
    if scalar.properties.isEmojiPresentation || text.unicodeScalars.contains("\u{FE0F}") { return 2 }
    let wide: [ClosedRange<UInt32>] = [
      0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
    if wide.contains(where: { $0.contains(scalar.value) }) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return 1
    }
  }
}
