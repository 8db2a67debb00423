// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Formulas
import Foundation
import TabularData

/// A CSV file whose columns are read as numbers when they are asked for.
///
/// A million rows are read in a fraction of a second: cells are not kept as text. A file with quotation marks is left to
/// `Table`, which knows them.
struct NumericFile {
  /// The file's name, or `standard input`.
  let source: String
  /// The columns' names.
  let columnNames: [String]
  private let bytes: [UInt8]
  private let delimiter: UInt8
  /// Where the rows begin, and the line of the header.
  private let body: Int
  private let headerLine: Int
  private let table: Table?

  private static let newline = UInt8(ascii: "\n")

  /// Reads a file, or standard input for `-`.
  init(path: String) throws {
    source = path == "-" ? "standard input" : path
    bytes = Array(try Table.contents(ofFile: path))
    // Table's own messages for what is no table at all, and its reading of quotation marks.
    let isPlain = !bytes.isEmpty && !bytes.contains(UInt8(ascii: "\""))
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while isPlain, start < bytes.count, bytes[start] <= 32 {
      if bytes[start] == Self.newline { line += 1 }
      start += 1
    }
    let end = bytes[start...].firstIndex(of: Self.newline) ?? bytes.count
    let header = Array(bytes[start..<end])
    guard isPlain, String(validating: header, as: UTF8.self) != nil, end < bytes.count else {
      let table = try Table(csv: Table.text(Data(bytes), source: source), source: source)
      self.table = table
      (columnNames, delimiter, body, headerLine) = (table.columnNames, 0, 0, 0)
      return
    }
    let candidates = [",", ";", "\t"].map { UInt8(ascii: $0) }
    let delimiter = candidates.max { a, b in header.count { $0 == a } < header.count { $0 == b } } ?? candidates[0]
    let names = header.split(separator: delimiter, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    // The header's own rules: no numbers, no empty names, none twice; and some row below it.
    let isBlankBelow = bytes[end...].allSatisfy { $0 <= 32 }
    if isBlankBelow || Set(names).count < names.count || names.contains("") || names.allSatisfy({ Double($0) != nil }) {
      let table = try Table(csv: Table.text(Data(bytes), source: source), source: source)
      self.table = table
      (columnNames, self.delimiter, body, headerLine) = (table.columnNames, delimiter, end + 1, line)
      return
    }
    table = nil
    (columnNames, self.delimiter, body, headerLine) = (names, delimiter, end + 1, line)
  }

  /// Columns with the line of each row; a missing cell is NaN where `skipsMissing`, and an error otherwise.
  ///
  /// - Throws: `TableError` with file, line and column.
  func numbers(in names: [String], skipsMissing: Bool) throws -> NumericColumns {
    let wanted = try names.map { name in
      guard let index = columnNames.firstIndex(of: name) else {
        throw TableError(
          .unknownColumn(known: columnNames, suggestion: closestName(to: name, among: columnNames)), source: source,
          column: name)
      }
      return index
    }
    if let table {
      var columns = Array(repeating: [Double](), count: wanted.count)
      for (row, line) in zip(table.rows, table.lines) {
        for (k, index) in wanted.enumerated() {
          columns[k].append(try number(row[index], line: line, column: names[k], skipsMissing: skipsMissing))
        }
      }
      let texts = table.rows.count <= NumericColumns.mostTexts ? wanted.map { k in table.rows.map { $0[k] } } : nil
      return NumericColumns(columns: columns, texts: texts, lines: RowLines(lines: table.lines))
    }
    return try scan(wanted, names, skipsMissing: skipsMissing)
  }

  private func scan(_ wanted: [Int], _ names: [String], skipsMissing: Bool) throws -> NumericColumns {
    var texts = bytes.count <= 1 << 20 ? Array(repeating: [String](), count: wanted.count) : nil
    var columns = Array(repeating: [Double](), count: wanted.count)
    // Where each cell of a row goes, -1 for nowhere; a column that is asked for twice is copied at the end.
    var places = Array(repeating: -1, count: columnNames.count)
    for (k, index) in wanted.enumerated() where places[index] < 0 { places[index] = k }
    let (bytes, delimiter, powers) = (bytes, delimiter, Self.powersOfTen)
    var lines = RowLines(first: headerLine + 1)
    var position = body
    var line = headerLine
    while position < bytes.count {
      line += 1
      let end = bytes[position...].firstIndex(of: Self.newline) ?? bytes.count
      defer { position = end + 1 }
      // A blank line: without delimiters it may be an empty cell.
      if end - position <= 1 || bytes[position] <= 32,
        bytes[position..<end].allSatisfy({ $0 <= 32 && $0 != delimiter }), columnNames.count > 1 || end == bytes.count
      {
        continue
      }
      var cell = 0
      var start = position
      while true {
        var stop = start
        while stop < end, bytes[stop] != delimiter { stop += 1 }
        if cell < places.count, places[cell] >= 0 {
          let value =
            try Self.quickNumber(bytes, start, stop, powers)
            ?? number(text(start, stop), line: line, column: columnNames[cell], skipsMissing: skipsMissing)
          columns[places[cell]].append(value)
          if texts != nil { texts?[places[cell]].append(text(start, stop)) }
        }
        cell += 1
        guard stop < end else { break }
        start = stop + 1
      }
      guard cell == columnNames.count else {
        throw TableError(.ragged(expected: columnNames.count, found: cell), source: source, line: line)
      }
      lines.append(line)
    }
    guard lines.count > 0 else { throw TableError(.noRows, source: source) }
    if lines.count > NumericColumns.mostTexts { texts = nil }
    for (k, index) in wanted.enumerated() where places[index] != k {
      columns[k] = columns[places[index]]
      if let first = texts?[places[index]] { texts?[k] = first }
    }
    return NumericColumns(columns: columns, texts: texts, lines: lines)
  }

  /// A plain decimal of at most 18 digits without an exponent, exactly as `Double(_: String)` reads it; nil for any other
  /// cell.
  ///
  /// To 15 digits the whole number and the power of ten are exact doubles, so that one division rounds once (W. Clinger,
  /// How to read floating point numbers accurately, 1990, doi:10.1145/93548.93557). With more digits the division's rest
  /// is added, known to many more bits than the last one of the result; where these could still decide it, nil.
  private static func quickNumber(_ bytes: [UInt8], _ start: Int, _ stop: Int, _ powers: [Double]) -> Double? {
    var position = start
    let isNegative = position < stop && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var (digits, fraction, mantissa) = (0, 0, 0)
    var hasPoint = false
    while position < stop {
      let byte = bytes[position]
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte >= 48, byte <= 57 {
        mantissa = mantissa &* 10 &+ Int(byte &- 48)
        digits += 1
        if hasPoint { fraction += 1 }
        if digits > 18 { return nil }
      } else if byte == 13, position == stop - 1 {
        break
      } else {
        return nil
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    let power = powers[fraction]
    let whole = Double(mantissa)
    var value = whole / power
    if digits > 15 {
      let rest = (whole.addingProduct(-value, power) + Double(mantissa - Int(whole))) / power
      let (low, high) = (value + rest * (1 - 0x1p-40), value + rest * (1 + 0x1p-40))
      guard low == high, value > 1e-10 else { return nil }
      value = low
    }
    return isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = (0...18).map { n in (0..<n).reduce(1) { power, _ in power * 10 } }

  /// A cell without the spaces around it.
  private func text(_ start: Int, _ stop: Int) -> String {
    var (start, stop) = (start, stop)
    while start < stop, bytes[start] <= 32 { start += 1 }
    while stop > start, bytes[stop - 1] <= 32 { stop -= 1 }
    return String(decoding: bytes[start..<stop], as: UTF8.self)
  }

  private static let missing: Set<String> = ["", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "?"]

  private func number(_ text: String, line: Int, column: String, skipsMissing: Bool) throws -> Double {
    if let number = Table.number(text) { return number }
    if skipsMissing, Self.missing.contains(text) { return .nan }
    if !skipsMissing, Self.missing.contains(text) {
      throw CommandError.runtime(
        "\(source):\(line): column '\(column)': \(text.isEmpty ? "the cell is empty" : "'\(text)' is no number"); fill it, or "
          + "leave such rows out with --missing skip")
    }
    throw TableError(text.isEmpty ? .emptyCell : .notANumber(text: text), source: source, line: line, column: column)
  }
}

extension NumericFile {
  /// The columns as they are written in formulas, and what to do where the file was not divided.
  var writtenNames: String {
    let names = columnNames.map { (try? FormulaTree(variable: $0).description) ?? $0 }.joined(separator: ", ")
    guard columnNames.count == 1, columnNames[0].contains(where: { $0.isWhitespace || $0 == "#" }) else { return names }
    return names + " (one column: cells are divided by commas, semicolons or tabs, and the header is the first line)"
  }
}

/// Columns of a file.
struct NumericColumns {
  /// The numbers, column by column.
  var columns: [[Double]]
  /// The cells as they are written, for files of few rows.
  var texts: [[String]]?
  /// The line of each row.
  var lines: RowLines

  /// So many rows' texts are kept.
  static let mostTexts = 10_000
}

/// The line of each row, kept only where it does not simply count on.
struct RowLines {
  private let first: Int
  private(set) var count = 0
  /// Rows from which on lines are skipped, with the line.
  private var jumps: [(row: Int, line: Int)] = []

  init(first: Int) { self.first = first }

  init(lines: [Int]) {
    first = lines.first ?? 1
    for line in lines { append(line) }
  }

  mutating func append(_ line: Int) {
    if self[count] != line { jumps.append((count, line)) }
    count += 1
  }

  /// The line of a row.
  subscript(row: Int) -> Int {
    if let jump = jumps.last(where: { $0.row <= row }) { return jump.line + row - jump.row }
    return first + row
  }
}
