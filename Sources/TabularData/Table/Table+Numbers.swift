// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// What the cells of a column are.
  public enum ColumnKind: Sendable, Equatable {
    /// Every cell is a number.
    case numbers
    /// No cell is a number; the first one is given with its row.
    case text(row: Int)
    /// Some are; the first that is not is given with its row.
    case mixed(row: Int)
  }

  /// What the cells of a column are. An empty cell is no number.
  public func kind(of name: String) throws -> ColumnKind {
    let cells = try column(name)
    guard let first = cells.firstIndex(where: { Self.number($0) == nil }) else { return .numbers }
    return cells.contains { Self.number($0) != nil } ? .mixed(row: first) : .text(row: first)
  }

  /// The numbers of a column.
  ///
  /// - Throws: ``TableError`` with the line of the first cell that is empty or not a finite number.
  public func numbers(in name: String) throws -> [Double] {
    let index = try index(of: name)
    return try rows.indices.map { row in
      let text = rows[row][index]
      guard let number = Self.number(text) else {
        throw TableError(
          text.isEmpty ? .emptyCell : .notANumber(text: text), source: source, line: lines[row], column: name)
      }
      return number
    }
  }

  /// A finite decimal number, or nil: no hexadecimal digits, no `nan`, nothing beyond the largest number.
  package static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "e")
        || byte == UInt8(ascii: "E")
    }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
  }
}
