// SPDX-License-Identifier: Apache-2.0

import AccuracyTable
import Testing

@Suite("Reading a table of the page")
struct FigureTableTests {
  /// |x| in a formula, two figures in a cell.
  static let table: FigureTable = {
    var table = FigureTable([
      .init("Function", .text), .init("Formula", .text), .init("Error", .relative, .extreme), .init("Points", .count),
    ])
    table.add(["abs", "\\|x\\|"], [[3e-16, 2e-15], [12]])
    table.add(["max", "max(\\|x\\|, 1 \\| 2)"], [[nil, .infinity], [7]])
    return table
  }()

  private func differences(replacing old: String = "", with new: String = "") -> [String] {
    let lines = Self.table.lines.map { old.isEmpty ? $0 : $0.replacing(old, with: new) }
    #expect(old.isEmpty || lines != Self.table.lines, "'\(old)' stands in the table")
    return Self.table.differences(from: lines[...])
  }

  @Test("the table itself, and with other padding")
  func same() {
    #expect(differences() == [])
    #expect(differences(replacing: "| abs      |", with: "|abs|") == [])
    #expect(differences(replacing: "| Formula ", with: "|  Formula") == [])
  }

  @Test("a bar with a backslash is part of its cell, and every other cell is compared in its own column")
  func bars() {
    #expect(
      differences(replacing: "3e-16 · 2e-15", with: "3e-10 · 2e-15") == [
        "line 3: abs, Error: the page says 3e-10 · 2e-15, computed is 3e-16 · 2e-15"
      ])
    #expect(differences(replacing: " 12 |", with: " 13 |") == ["line 3: abs, Points: the page says 13, computed is 12"])
    #expect(differences(replacing: " 7 |", with: " 8 |") == ["line 4: max, Points: the page says 8, computed is 7"])
    #expect(!differences(replacing: "\\|x\\| ", with: "\\|y\\| ").isEmpty)
    #expect(!differences(replacing: "1 \\| 2", with: "1 \\| 3").isEmpty)
    #expect(!differences(replacing: "1 \\| 2", with: "1 | 2").isEmpty, "a bar without one begins a cell")
  }

  @Test("figures within their allowance, and beyond it")
  func allowances() {
    // A factor of 100 for a relative error, of 10⁴ for the largest of a few; below 10⁻¹⁴ all are the same.
    #expect(differences(replacing: "3e-16 · 2e-15", with: "9e-13 · 9e-11") == [])
    #expect(!differences(replacing: "3e-16 · 2e-15", with: "2e-12 · 2e-15").isEmpty)
    #expect(!differences(replacing: "3e-16 · 2e-15", with: "3e-16 · 2e-10").isEmpty)
    #expect(!differences(replacing: "3e-16 · 2e-15", with: "3e-16").isEmpty)
    #expect(!differences(replacing: "3e-16 · 2e-15", with: "3e-16 · NaN").isEmpty)
    #expect(!differences(replacing: "– · ∞", with: "– · 1e300").isEmpty)
  }

  @Test("rows and columns that are missing, or too many")
  func shape() {
    let lines = Self.table.lines
    #expect(Self.table.differences(from: lines.dropLast()) == ["line 1: 1 rows where 2 are computed"])
    #expect(Self.table.differences(from: (lines + [lines[3]])[...]) == ["line 1: 3 rows where 2 are computed"])
    #expect(Self.table.differences(from: []) == ["line 1: other columns than computed"])
    #expect(differences(replacing: "Points", with: "Counts") == ["line 1: other columns than computed"])
    let shorter = lines.map { $0.split(separator: "|").dropLast().joined(separator: "|") + "|" }
    #expect(!Self.table.differences(from: shorter[...]).isEmpty)
  }
}
