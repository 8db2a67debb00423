// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Files of data")
struct DataFileTests {
  static let line = "x,y\n1,2\n2,4.5\n3,6\n4,8.5\n5,10\n6,12.5\n7,14\n8,16.5\n9,18\n10,20\n"

  /// A file that is wrong, and what the message has to name: file, line, column.
  struct WrongFile: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let says: [String]
    var testDescription: String { name }
  }

  static let wrong = [
    WrongFile(name: "empty.csv", text: "", says: ["empty"]),
    WrongFile(name: "header.csv", text: "x,y\n", says: ["no rows"]),
    WrongFile(name: "ragged.csv", text: "x,y\n1,2\n3\n", says: ["ragged.csv:3", "1 cell", "2"]),
    WrongFile(name: "text.csv", text: "x,z,y\n1,red,2\n2,blue,3\n", says: ["text.csv:2", "'z'", "red"]),
    WrongFile(name: "nan.csv", text: "x,y\n1,2\n2,nan\n3,4\n", says: ["nan.csv:3", "'y'"]),
    WrongFile(name: "missing.csv", text: "x,y\n1,2\n,3\n3,4\n", says: ["missing.csv:3", "'x'"]),
    WrongFile(name: "other.csv", text: "x,yy\n1,2\n2,3\n", says: ["other.csv", "'y'", "x, yy"]),
    WrongFile(name: "twice.csv", text: "x,x,y\n1,2,3\n2,3,4\n", says: ["twice.csv", "'x'"]),
  ]

  @Test("What is wrong with a file is said with its place, and the exit code is 2", arguments: wrong)
  func wrongFile(_ file: WrongFile) throws {
    try Tool.use { tool in
      try tool.write(file.text, to: file.name)
      for line in ["train --model neuron --target y --data ", "check --model neuron --target y --data "] {
        let run = try tool(line + file.name)
        #expect(run.exitCode == 2, "\(run.output)")
        #expect(run.output.isEmpty)
        for part in [file.name] + file.says { #expect(run.errors.contains(part), "\(run.errors)") }
      }
    }
  }

  @Test("No file, a folder, a file that may not be read")
  func unreadable() throws {
    try Tool.use { tool in
      #expect(try tool("train --model line --data no.csv --target y").errors.contains("no.csv: cannot be read"))
      let run = try tool("train --model line --data . --target y")
      #expect(run.exitCode == 2 || run.exitCode == 64)
      #expect(run.errors.contains("."))
      try FileManager.default.createDirectory(
        at: tool.folder.appending(path: "d.csv"), withIntermediateDirectories: false)
      let folder = try tool("train --model line --data d.csv --target y")
      #expect(folder.exitCode == 2 && folder.errors.contains("it is a folder"))
    }
  }

  @Test("A file without a target is asked for one, with its columns")
  func target() throws {
    try Tool.use { tool in
      try tool.write(DataFileTests.line, to: "line.csv")
      for command in ["train", "check"] {
        let run = try tool("\(command) --model line --data line.csv")
        #expect(run.exitCode == 64)
        #expect(run.errors.contains("--target") && run.errors.contains("x, y"))
      }
      try tool.write("length,weight\n1,2\n2,3\n", to: "named.csv")
      let near = try tool("train --model line --data named.csv --target wieght")
      #expect(near.exitCode == 2 && near.errors.contains("did you mean 'weight'?"))
      let inputs = try tool("train --model line --data line.csv --target y --inputs xx")
      #expect(inputs.exitCode == 2 && inputs.errors.contains("'xx'"))
    }
  }

  @Test("Standard input is the file -, for training and for predicting")
  func standardInput() throws {
    try Tool.use { tool in
      try tool.write(DataFileTests.line, to: "line.csv")
      let options = "--model line --target y --epochs 20 -q"
      let file = try tool("train --data line.csv --save a.json \(options)")
      #expect(file.exitCode == 0, "\(file.errors)")
      let input = try tool.shell("difftool train --data - --save b.json \(options) < line.csv")
      #expect(input.output == file.output)
      #expect(try tool.read("a.json") == tool.read("b.json"))
      let expected = try tool("predict a.json line.csv --format csv").output
      #expect(cells(ofCSV: expected).count == 11)
      #expect(try tool.shell("difftool predict b.json - --format csv < line.csv").output == expected)
    }
  }

  @Test("-q keeps the predictions; a file with the target has metrics beside them, on standard error and in the JSON")
  func metrics() throws {
    try Tool.use { tool in
      try tool.write(DataFileTests.line, to: "line.csv")
      _ = try tool("train --model line --data line.csv --target y --epochs 50 --save m.json -q")
      let plain = try tool("predict m.json line.csv")
      let quiet = try tool("predict m.json line.csv -q")
      #expect(quiet.output == plain.output && quiet.errors.isEmpty && quiet.output.split(separator: "\n").count == 11)
      #expect(plain.errors.hasPrefix("metrics: 10 samples, loss ") && plain.errors.contains("R2 "))
      let json = try JSONObject(tool("predict m.json line.csv --format json -q").output)
      let values = try json.list("values").map { value in
        guard case .list(let row) = value, case .number(let number) = row.first else { return Double.nan }
        return number
      }
      let targets = cells(ofCSV: DataFileTests.line).dropFirst().compactMap { Double($0[1]) }
      let errors = zip(values, targets).map { ($0 - $1).magnitude }
      // Ten numbers below 30: a sum's roundoff.
      let difference = try json.object("metrics").number("meanAbsoluteError") - errors.reduce(0, +) / 10
      #expect(difference.magnitude <= 10 * 30 * Double.ulpOfOne)
      // Without the target there is nothing to measure; with one that cannot be read there are still predictions.
      try tool.write("x\n1\n2\n", to: "new.csv")
      let new = try tool("predict m.json new.csv")
      #expect(new.exitCode == 0 && new.errors.isEmpty)
      #expect(try JSONObject(tool("predict m.json new.csv --format json").output)["metrics"] == nil)
      try tool.write("x,y\n1,?\n2,3\n", to: "gap.csv")
      let gap = try tool("predict m.json gap.csv")
      #expect(gap.exitCode == 0 && gap.errors.contains("no metrics: gap.csv:2"), "\(gap.errors)")
      #expect(gap.output == new.output)
    }
  }

  @Test("Columns are found by name: another order and further columns change no prediction")
  func permuted() throws {
    try Tool.use { tool in
      try FileManager.default.copyItem(
        at: Tool.root.appending(path: "Samples/data/iris.csv"), to: tool.folder.appending(path: "iris.csv"))
      let trained = try tool("train --model mlp:hidden=8 --data iris.csv --target species --epochs 20 --save m.json -q")
      #expect(trained.exitCode == 0, "\(trained.errors)")
      let rows = cells(ofCSV: try tool.read("iris.csv"))
      let order = [3, 4, 0, 2, 1]
      let permuted = rows.enumerated().map { i, row in
        (order.map { row[$0] } + [i == 0 ? "note" : "n\(i)"]).joined(separator: ",")
      }
      try tool.write(permuted.joined(separator: "\n") + "\n", to: "permuted.csv")
      let expected = try tool("predict m.json iris.csv --format csv")
      let found = try tool("predict m.json permuted.csv --format csv")
      #expect(expected.exitCode == 0 && expected.output == found.output)
      #expect(found.errors.contains("note"))
      let predictions = cells(ofCSV: expected.output).dropFirst()
      let right = zip(predictions, rows.dropFirst()).filter { $0[0] == $1[4] }.count
      // Twenty epochs with Adam on 120 of these 150 flowers: chance is 50.
      #expect(predictions.count == 150 && right > 120)
      // A column that the model needs and the file has not.
      try tool.write("sepal_length,sepal_width\n1,2\n", to: "short.csv")
      let short = try tool("predict m.json short.csv")
      #expect(short.exitCode == 2 && short.errors.contains("petal_length"))
    }
  }
}
