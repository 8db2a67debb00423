// SPDX-License-Identifier: Apache-2.0

/// A table of the page: columns that know what their figures mean.
package struct FigureTable: Sendable {
  /// A heading with the meaning of each figure in a cell; several figures are written with a dot between.
  package struct Column: Sendable {
    package let heading: String
    package let figures: [Figure]

    package init(_ heading: String, _ figures: Figure...) {
      self.heading = heading
      self.figures = figures
    }
  }

  package let columns: [Column]
  /// The cells, as written.
  package private(set) var rows: [[String]] = []
  /// Whether the rows themselves depend on the machine: a list of points that a figure above counts.
  package let rowsVary: Bool

  package init(_ columns: [Column], rowsVary: Bool = false) {
    self.columns = columns
    self.rowsVary = rowsVary
  }

  /// Adds a row: names first, then the figures of the columns after them.
  package mutating func add(_ names: [String], _ figures: [[Double?]]) {
    let cells = zip(columns.dropFirst(names.count), figures).map { column, numbers in
      zip(column.figures, numbers).map { $0.text($1) }.joined(separator: Self.dot)
    }
    rows.append(names + cells)
  }

  /// Between two figures of a cell.
  static let dot = " · "

  /// Markdown, its columns aligned.
  package var lines: [String] {
    let all = [columns.map(\.heading)] + rows
    let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return isText(column) ? cells[column] + space : space + cells[column]
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = columns.indices.map { column in
      isText(column)
        ? String(repeating: "-", count: widths[column] + 2) : String(repeating: "-", count: widths[column] + 1) + ":"
    }
    return [line(all[0]), "|" + rule.joined(separator: "|") + "|"] + rows.map(line)
  }

  private func isText(_ column: Int) -> Bool {
    if case .text = columns[column].figures.first { return true }
    return false
  }

  /// What differs between this table and a page's lines of it, beyond what may.
  package func differences(from page: ArraySlice<String>) -> [String] {
    let own = lines.map(Self.cells)
    let theirs = page.map(Self.cells)
    guard theirs.first == own.first else { return ["line \(page.startIndex + 1): other columns than computed"] }
    if rowsVary { return [] }
    guard theirs.count == own.count else {
      return ["line \(page.startIndex + 1): \(theirs.count - 2) rows where \(own.count - 2) are computed"]
    }
    return zip(page.indices, zip(theirs, own)).dropFirst(2).flatMap { index, rows in
      columns.indices.compactMap { column in
        let (written, computed) = (rows.0.count > column ? rows.0[column] : "", rows.1[column])
        guard !agree(written, computed, columns[column].figures) else { return nil }
        return "line \(index + 1): \(rows.1[0]), \(columns[column].heading): "
          + "the page says \(written), computed is \(computed)"
      }
    }
  }

  private func agree(_ page: String, _ computed: String, _ figures: [Figure]) -> Bool {
    guard figures.count > 1 else { return figures[0].agree(page, computed) }
    let theirs = page.components(separated: Self.dot)
    let own = computed.components(separated: Self.dot)
    guard theirs.count == figures.count, own.count == figures.count else { return false }
    return figures.indices.allSatisfy { figures[$0].agree(theirs[$0], own[$0]) }
  }

  /// The cells of a row, without the padding. A bar with a backslash before it is part of its cell.
  static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells.dropFirst().dropLast().map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
  }
}

extension StringProtocol {
  fileprivate func components(separated dot: String) -> [String] {
    split(separator: dot, omittingEmptySubsequences: false).map { String($0) }
  }
}
