// SPDX-License-Identifier: Apache-2.0
//
// SwiftCSV splits the text into cells. What it leaves to its caller, each with a test:
// - it fills short rows with empty cells, so its `rows` are not used: the callback sees each row as it is;
// - it drops an empty last cell at the end of a text without a final newline, so one is added;
// - it takes an opening quotation mark that is never closed for the rest of the file: the marks are counted;
// - its errors have no line: rows and the line breaks within cells are counted as they come;
// - it keeps spaces after a cell while dropping those before it: both go.

import Foundation
import SwiftCSV

extension Table {
  /// Reads text with a header and a delimiter.
  ///
  /// Blank lines are skipped. Cells may be quoted, with delimiters, line breaks and doubled quotation marks
  /// inside.
  ///
  /// - Parameters:
  ///   - csv: the text.
  ///   - source: what to call it in messages.
  ///   - delimiter: what separates cells; nil for the comma, semicolon or tab that the header has most of.
  /// - Throws: ``TableError`` with line and column. Cost: one pass over the characters.
  public init(csv: String, source: String, delimiter: Character? = nil) throws {
    let text = csv.hasPrefix("\u{feff}") ? String(csv.dropFirst()) : csv
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw TableError(.empty, source: source)
    }
    var records = try Self.records(in: text, delimiter: delimiter ?? Self.delimiter(in: text), source: source)
    // Without delimiters an empty cell and a blank line look alike: inside a table of one column it is a
    // cell.
    let leading = records.prefix { $0.isBlank }.count
    records.removeFirst(leading)
    while records.last?.isBlank == true { records.removeLast() }
    guard let header = records.first else {
      throw TableError(.empty, source: source)
    }
    if header.cells.count > 1 { records.removeAll { $0.isBlank } }
    if header.cells.allSatisfy({ Self.number($0) != nil }) {
      throw TableError(.missingHeader(example: header.cells[0]), source: source, line: header.line)
    }
    guard records.count > 1 else {
      throw TableError(.noRows, source: source)
    }
    do {
      try self.init(
        source: source, columnNames: header.cells, rows: records.dropFirst().map(\.cells),
        lines: records.dropFirst().map(\.line))
    } catch let error as TableError where error.line == nil {
      throw TableError(error.problem, source: source, line: header.line, column: error.column)
    }
  }

  /// One row as it stands in the text.
  private struct Record {
    var cells: [String]
    var line: Int
    var isBlank: Bool { cells.count == 1 && cells[0].isEmpty }
  }

  /// The rows gathered so far; SwiftCSV's callback escapes.
  private final class Gathered {
    var records: [Record] = []
    var line = 1
  }

  private static func records(in text: String, delimiter: Character, source: String) throws -> [Record] {
    let gathered = Gathered()
    do {
      let complete = text.last?.isNewline == true ? text : text + "\n"
      let file = try EnumeratedCSV(
        string: complete, delimiter: .character(delimiter), loadColumns: false, rowLimit: 0)
      try file.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        gathered.records.append(Record(cells: cells.map(trimmed), line: gathered.line))
        gathered.line += 1 + cells.reduce(0) { $0 + $1.count(where: \.isNewline) }
      }
    } catch let error as CSVParseError {
      throw TableError(.quotation(reason: reason(error)), source: source, line: gathered.line)
    }
    guard text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else {
      throw TableError(
        .quotation(reason: "a cell of this row is never closed"), source: source,
        line: gathered.records.last?.line)
    }
    return gathered.records
  }

  private static func reason(_ error: CSVParseError) -> String {
    switch error {
    case .generic(let message): message
    case .quotation: "text follows a closing mark in this row"
    }
  }

  private static func trimmed(_ cell: String) -> String {
    guard cell.first?.isWhitespace == true || cell.last?.isWhitespace == true else { return cell }
    return cell.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The comma, semicolon or tab that the first line that is not blank has most of, outside quotation marks.
  private static func delimiter(in text: String) -> Character {
    let header = text.drop { $0.isNewline || $0 == " " }
    var counts: [Character: Int] = [:]
    var isQuoted = false
    for character in header {
      if character == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if character.isNewline { break }
      counts[character, default: 0] += 1
    }
    let candidates: [Character] = [",", ";", "\t"]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
  }
}
