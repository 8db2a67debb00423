// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Columns with unique names and rows of text, with the line of each row for messages.
public struct Table: Sendable, Equatable {
  /// Where it came from: a file's name, or `standard input`.
  public let source: String
  /// The names of the columns, unique and not empty.
  public let columnNames: [String]
  /// The cells, one row a sample, each as long as the header; spaces around a cell are not part of it.
  public let rows: [[String]]
  /// The line where each row starts, counted from 1.
  public let lines: [Int]

  /// A table from its parts.
  ///
  /// - Parameters:
  ///   - source: what to call it in messages.
  ///   - columnNames: the header.
  ///   - rows: the cells.
  ///   - lines: the line of each row; nil for a header in line 1 and a line for each row.
  /// - Throws: ``TableError`` for a name that is empty or there twice, and for a row of another length.
  public init(source: String, columnNames: [String], rows: [[String]], lines: [Int]? = nil) throws {
    let lines = lines ?? rows.indices.map { $0 + 2 }
    precondition(lines.count == rows.count, "\(lines.count) line numbers for \(rows.count) rows")
    var known: Set<String> = []
    for (index, name) in columnNames.enumerated() {
      guard !name.isEmpty else {
        throw TableError(.unnamedColumn(number: index + 1), source: source)
      }
      guard known.insert(name).inserted else {
        throw TableError(.repeatedName, source: source, column: name)
      }
    }
    for (row, line) in zip(rows, lines) where row.count != columnNames.count {
      throw TableError(
        .ragged(expected: columnNames.count, found: row.count), source: source, line: line)
    }
    self.source = source
    self.columnNames = columnNames
    self.rows = rows
    self.lines = lines
  }

  /// The number of rows.
  public var count: Int { rows.count }

  /// The position of a column, or an error that says what there is and what is close.
  public func index(of name: String) throws -> Int {
    guard let index = columnNames.firstIndex(of: name) else {
      throw TableError(
        .unknownColumn(known: columnNames, suggestion: closestName(to: name, among: columnNames)),
        source: source, column: name)
    }
    return index
  }

  /// The cells of a column.
  public func column(_ name: String) throws -> [String] {
    let index = try index(of: name)
    return rows.map { $0[index] }
  }
}
