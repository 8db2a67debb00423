// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import TabularData
import Testing

/// A file that is wrong, and what must be said of it.
struct BadFile: Sendable, CustomTestStringConvertible {
  let text: String
  let error: TableError

  init(_ text: String, _ problem: TableError.Problem, line: Int? = nil, column: String? = nil) {
    self.text = text
    error = TableError(problem, source: "bad.csv", line: line, column: column)
  }

  var testDescription: String { error.description }
}

@Suite("CSV files with faults")
struct CSVGalleryTests {
  @Test(
    "Each fault is named with its line and column",
    arguments: [
      BadFile("", .empty),
      BadFile("\u{feff}\n \n", .empty),
      BadFile("x,y\n", .noRows),
      BadFile("x,y", .noRows),
      BadFile("1,2\n3,4\n", .missingHeader(example: "1"), line: 1),
      BadFile("\nx,,y\n1,2,3\n", .unnamedColumn(number: 2), line: 2),
      BadFile("x,y,\n1,2,3\n", .unnamedColumn(number: 3), line: 1),
      BadFile("x,y,x\n1,2,3\n", .repeatedName, line: 1, column: "x"),
      BadFile("x,y\n1,2\n3\n5,6\n", .ragged(expected: 2, found: 1), line: 3),
      BadFile("x,y\n1,2\n3,4,5\n", .ragged(expected: 2, found: 3), line: 3),
      BadFile("x,y\n\"a\nb\",2\n3,4,5\n", .ragged(expected: 2, found: 3), line: 4),
      BadFile("x,y\n1,2,", .ragged(expected: 2, found: 3), line: 2),
      BadFile(
        "x,y\n1,2\n\"3,4\n5,6\n7,8\n", .quotation(reason: "a cell of this row is never closed"), line: 3),
      BadFile("x,y\n1,2\n\"a\"b,4\n", .quotation(reason: "text follows a closing mark in this row"), line: 3),
      BadFile(
        "x,y\n\"a\n\",2\na\"b,4\n", .quotation(reason: "text follows a closing mark in this row"), line: 4),
    ])
  func reading(file: BadFile) {
    #expect(throws: file.error) { try Table(csv: file.text, source: "bad.csv") }
  }

  @Test(
    "Each fault of the chosen columns is named",
    arguments: [
      BadFile("x,y\n1,2\n,4\n", .emptyCell, line: 3, column: "x"),
      BadFile("x,y\n1,2\n3,\n", .emptyCell, line: 3, column: "y"),
      BadFile("x,y\n1,2\n3,", .emptyCell, line: 3, column: "y"),
      BadFile("x,y\n1,2\nNA,4\n", .notANumber(text: "NA"), line: 3, column: "x"),
      BadFile("x;y\n1,5;2\n3;4\n", .notANumber(text: "1,5"), line: 2, column: "x"),
      BadFile("x,y\nred,2\nblue,4\n", .textInput(example: "red"), line: 2, column: "x"),
      BadFile("x,y\n1,2\n3,oops\n", .mixedTarget(text: "oops"), line: 3, column: "y"),
      BadFile("x,y\n1,a\n3,a\n", .singleClass(name: "a"), column: "y"),
      BadFile("x,z\n1,2\n", .unknownColumn(known: ["x", "z"], suggestion: nil), column: "y"),
      BadFile("y\n1\n2\n", .selection(reason: "no input column is left beside the target; add one")),
    ])
  func choosing(file: BadFile) throws {
    let table = try Table(csv: file.text, source: "bad.csv")
    #expect(throws: file.error) { try DataSet(table, selection: ColumnSelection(targets: ["y"])) }
  }

  @Test("Columns that were not chosen may hold anything, but rows must still be whole")
  func unusedColumns() throws {
    let table = try Table(csv: "id,x,y\nanna,1,2\n,3,4\n", source: "t.csv")
    let data = try DataSet(table, selection: ColumnSelection(targets: ["y"], inputs: ["x"]))
    #expect(data.inputs == [[1], [3]])
  }

  @Test("Selections that contradict themselves")
  func selections() throws {
    let table = try Table(csv: "first,second,y\n1,2,3\n", source: "t.csv")
    func error(_ selection: ColumnSelection) -> TableError? {
      #expect(throws: TableError.self) { try DataSet(table, selection: selection) }
    }
    #expect(error(ColumnSelection(targets: []))?.column == nil)
    #expect(error(ColumnSelection(targets: ["y"], inputs: ["y", "first"]))?.column == "y")
    #expect(error(ColumnSelection(targets: ["y"], inputs: ["first", "first"]))?.column == "first")
    #expect(
      error(ColumnSelection(targets: ["frist"]))?.problem
        == .unknownColumn(known: ["first", "second", "y"], suggestion: "first"))
  }

  @Test("Bytes that are not UTF-8 text")
  func encodings() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func error(_ bytes: [UInt8]) throws -> TableError? {
      let file = folder.appendingPathComponent("bytes.csv")
      try Data(bytes).write(to: file)
      return #expect(throws: TableError.self) { try Table(path: file.path) }
    }
    #expect(try error(Array("x\n1\nM".utf8) + [0xfc] + Array("ller\n".utf8))?.line == 3)
    #expect(try error([0xff, 0xfe, 0x78, 0])?.problem == .encoding(reason: "it begins like UTF-16"))
    let missing = #expect(throws: TableError.self) { try Table(path: folder.path + "/none.csv") }
    #expect(missing?.problem == .unreadable(reason: "there is no such file"))
    let directory = #expect(throws: TableError.self) { try Table(path: folder.path) }
    #expect(directory?.problem == .unreadable(reason: "it is a folder"))
  }

  @Test("A message has file, line, column and a way out")
  func message() {
    let error = TableError(.notANumber(text: "1,5"), source: "people.csv", line: 17, column: "age")
    #expect(
      error.description
        == "people.csv:17: column 'age': '1,5' is not a finite number (decimals are written with a point); "
        + "correct it, or leave the row or the column out")
  }
}
