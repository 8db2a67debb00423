// SPDX-License-Identifier: Apache-2.0

import TabularData
import Testing

@Suite("CSV files as people write them")
struct CSVDialectTests {
  private static let expected = [["1.5", "a b"], ["-2e3", "c"]]

  @Test(
    "One table in many dialects",
    arguments: [
      "x,name\n1.5,a b\n-2e3,c\n",
      "x,name\n1.5,a b\n-2e3,c",
      "x,name\r\n1.5,a b\r\n-2e3,c\r\n",
      "\u{feff}x,name\n1.5,a b\n-2e3,c\n",
      "\u{feff}x;name\r\n1.5;a b\r\n-2e3;c\r\n",
      "x\tname\n1.5\ta b\n-2e3\tc\n",
      "\"x\",\"name\"\n\"1.5\",\"a b\"\n\"-2e3\",\"c\"\n",
      "\n\nx,name\n\n1.5,a b\n-2e3,c\n\n\n",
      "x , name\n 1.5 ,a b \n -2e3, c\n",
    ])
  func dialects(text: String) throws {
    let table = try Table(csv: text, source: "t.csv")
    #expect(table.columnNames == ["x", "name"])
    #expect(table.rows == Self.expected)
    #expect(try table.numbers(in: "x") == [1.5, -2000])
  }

  @Test("Delimiters, quotation marks and line breaks inside quoted cells; lines are counted through them")
  func quotedCells() throws {
    let text = "name,y\n\"a,\"\"b\"\"\",1\n\"two\nlines\",2\n\"three\r\n\r\nlines\",3\n\nlast,4\n"
    let table = try Table(csv: text, source: "t.csv")
    #expect(table.rows.map { $0[0] } == ["a,\"b\"", "two\nlines", "three\r\n\r\nlines", "last"])
    #expect(table.lines == [2, 3, 5, 9])
  }

  @Test("A table of one column: blank lines at the end are no cells, one in the middle is")
  func singleColumn() throws {
    #expect(try Table(csv: "y\n1\n2\n\n\n", source: "t.csv").rows == [["1"], ["2"]])
    let gap = try Table(csv: "y\n1\n\n2\n", source: "t.csv")
    #expect(throws: TableError(.emptyCell, source: "t.csv", line: 3, column: "y")) {
      try gap.numbers(in: "y")
    }
  }

  @Test("The delimiter that the header has most of, or the one that is given")
  func delimiter() throws {
    #expect(try Table(csv: "a;b;c,d\n1;2;3\n", source: "t").columnNames == ["a", "b", "c,d"])
    #expect(try Table(csv: "\"a,b,c\";d\n1;2\n", source: "t").columnNames == ["a,b,c", "d"])
    #expect(try Table(csv: "a|b\n1|2\n", source: "t", delimiter: "|").rows == [["1", "2"]])
    // Read with the wrong delimiter, the row has a cell more than the header.
    #expect(throws: TableError(.ragged(expected: 1, found: 2), source: "t", line: 2)) {
      try Table(csv: "a;b\n1,5;2\n", source: "t", delimiter: ",")
    }
  }

  @Test("Written and read again, a table is the same")
  func roundTrip() throws {
    let rows = [["1", "a,b"], ["2", "say \"x\""], ["3", "two\nlines"], ["4", ""]]
    let table = try Table(source: "t", columnNames: ["x", "a name"], rows: rows)
    #expect(try Table(csv: table.csv, source: "t").rows == rows)
  }

  @Test(
    "Cells that Swift would read as numbers and people would not",
    arguments: ["nan", "inf", "0x10", "1e400", "1_000"])
  func noNumbers(text: String) throws {
    let table = try Table(csv: "x,y\n1,2\n\(text),3\n", source: "t.csv")
    #expect(throws: TableError(.notANumber(text: text), source: "t.csv", line: 3, column: "x")) {
      try table.numbers(in: "x")
    }
  }
}
