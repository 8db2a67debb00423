// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Rows and columns, printed for people (aligned), as Markdown or as CSV.
///
/// The table packages that exist draw boxes, do not know colours' zero width, and are no longer kept.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    var title: String
    var alignment: Alignment
  }

  var columns: [Column]
  var rows: [[String]]

  /// Columns by title; those with a leading `>` are aligned to the right.
  init(_ titles: [String], rows: [[String]] = []) {
    columns = titles.map { title in
      title.hasPrefix(">")
        ? Column(title: String(title.dropFirst()), alignment: .right) : Column(title: title, alignment: .left)
    }
    self.rows = rows
  }

  /// Aligned columns with two spaces between them; text in the last column goes on below where `width` would be passed.
  func text(width: Int, style: TextStyle = .plain) -> String {
    let rows = rows.map { $0.map(style.text) }
    let titles = columns.map { style.text($0.title) }
    let widths = columns.indices.map { c in
      max(titles[c].count, rows.map { displayWidth($0[c]) }.max() ?? 0)
    }
    let start = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    func line(_ cells: [String]) -> String {
      var result = ""
      for c in cells.indices {
        let last = c == cells.count - 1
        var cell = cells[c]
        if last, columns[c].alignment == .left, start + cell.count > width, width - start >= 16,
          !cell.contains("\u{1B}")
        {
          cell = String(wrapped(cell, width: width, indent: start, hanging: 0).joined(separator: "\n").dropFirst(start))
          result += cell
          continue
        }
        let padding = String(repeating: " ", count: max(0, widths[c] - displayWidth(cell)))
        result += columns[c].alignment == .right ? padding + cell : (last ? cell : cell + padding)
        if !last { result += "  " }
      }
      while result.last == " " { result.removeLast() }
      return result
    }
    return ([style.heading(line(titles))] + rows.map(line)).joined(separator: "\n")
  }

  /// A Markdown table.
  var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { strippingStyle($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let rule = "|" + columns.map { $0.alignment == .right ? "---:|" : "---|" }.joined()
    return ([line(columns.map(\.title)), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// Comma-separated values with a header; cells with commas, quotes or line breaks are quoted.
  var csv: String {
    func cell(_ text: String) -> String {
      let text = strippingStyle(text)
      guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    return ([columns.map(\.title)] + rows).map { $0.map(cell).joined(separator: ",") }.joined(separator: "\n")
  }

  /// A JSON object a row, with the columns' titles as keys and the cells of the CSV as they are: texts.
  func jsonLines() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try rows.map { row in
      let cells = zip(columns, row).map { ($0.title, strippingStyle($1)) }
      return String(decoding: try encoder.encode(Dictionary(cells) { first, _ in first }), as: UTF8.self)
    }.joined(separator: "\n")
  }

  private func displayWidth(_ text: String) -> Int { strippingStyle(text).count }
}

/// The text without terminal escape sequences.
func strippingStyle(_ text: String) -> String {
  guard text.contains("\u{1B}") else { return text }
  return text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
}
