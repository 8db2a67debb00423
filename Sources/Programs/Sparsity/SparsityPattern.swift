// SPDX-License-Identifier: Apache-2.0

/// Which entries of a matrix can be other than zero: for each row its columns, in rising order.
public struct SparsityPattern: Sendable, Hashable, Codable {
  /// The columns of each row.
  public let columns: [[Int]]
  /// The number of columns.
  public let columnCount: Int

  /// A pattern.
  ///
  /// - Precondition: the columns rise within each row and are below `columnCount`.
  public init(columns: [[Int]], columnCount: Int) {
    for row in columns {
      precondition(
        zip(row, row.dropFirst()).allSatisfy { $0 < $1 } && row.allSatisfy { (0..<columnCount).contains($0) },
        "the columns of a row rise and are below \(columnCount)")
    }
    self.columns = columns
    self.columnCount = columnCount
    count = columns.reduce(0) { $0 + $1.count }
  }

  /// The number of rows.
  public var rowCount: Int { columns.count }
  /// The number of entries.
  public let count: Int

  /// For each entry (i, j) of a symmetric pattern, row after row, the position of the entry (j, i).
  public func transposedPositions() -> [Int] {
    var position: [[Int]: Int] = [:]
    var next = 0
    for (i, row) in columns.enumerated() {
      for j in row {
        position[[i, j]] = next
        next += 1
      }
    }
    return columns.enumerated().flatMap { i, row in row.map { position[[$0, i]] ?? position[[i, $0]] ?? 0 } }
  }

  /// A colour for each column, such that no row has two columns of one colour: all columns of a colour can be computed
  /// together, and each entry read off.
  ///
  /// Greedy, columns with many entries first. Source: Curtis, Powell, Reid 1974, doi:10.1093/imamat/13.1.117; for the
  /// orders and bounds see Gebremedhin, Manne, Pothen 2005, doi:10.1137/S0036144504444711.
  public func columnColors() -> [Int] {
    var rowsOfColumn: [[Int]] = Array(repeating: [], count: columnCount)
    for (row, entries) in columns.enumerated() {
      for column in entries { rowsOfColumn[column].append(row) }
    }
    let order = (0..<columnCount).sorted { (rowsOfColumn[$1].count, $0) < (rowsOfColumn[$0].count, $1) }
    var colors = Array(repeating: -1, count: columnCount)
    var forbidden: Set<Int> = []
    for column in order {
      forbidden.removeAll(keepingCapacity: true)
      for row in rowsOfColumn[column] {
        for other in columns[row] where colors[other] >= 0 { forbidden.insert(colors[other]) }
      }
      var color = 0
      while forbidden.contains(color) { color += 1 }
      colors[column] = color
    }
    return colors
  }
}

/// A matrix by its entries that can be other than zero, row after row.
public struct SparseMatrix: Sendable, Equatable {
  /// Where the entries are.
  public let pattern: SparsityPattern
  /// The entries, row after row, in the order of the pattern's columns.
  public var entries: [Double]

  /// A matrix.
  public init(pattern: SparsityPattern, entries: [Double]) {
    precondition(entries.count == pattern.count, "\(entries.count) entries for a pattern of \(pattern.count)")
    self.pattern = pattern
    self.entries = entries
  }

  /// All entries, zeros too.
  public var rows: [[Double]] {
    let (entries, width) = (entries, pattern.columnCount)
    var position = 0
    return pattern.columns.map { columns in
      var row = Array(repeating: 0.0, count: width)
      for column in columns {
        row[column] = entries[position]
        position += 1
      }
      return row
    }
  }
}
