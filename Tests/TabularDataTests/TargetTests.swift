// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import TabularData
import Testing

@Suite("Targets of a table")
struct TargetTests {
  private func data(
    _ text: String, task: TargetTask = .automatic, classNames: [String]? = nil
  ) throws -> DataSet {
    try DataSet(
      Table(csv: text, source: "t.csv"), selection: ColumnSelection(targets: ["y"]), task: task,
      classNames: classNames)
  }

  @Test("Text is classes in the order of their names")
  func text() throws {
    let set = try data("y,x\nb,1\na,2\nc,3\nb,4\n")
    #expect(set.task == .classification(classNames: ["a", "b", "c"]))
    #expect(set.targets == [[1], [0], [2], [1]])
    #expect(set.inputNames == ["x"])
  }

  @Test("Numbers are numbers, and classes in their order where the loss wants classes")
  func numbers() throws {
    let text = "y,x\n10,1\n9,2\n-1,3\n9.0,4\n"
    #expect(try data(text).task == .regression)
    let set = try data(text, task: .classification)
    #expect(set.task == .classification(classNames: ["-1", "9", "10"]))
    #expect(set.targets == [[2], [1], [0], [1]])
    #expect(TargetTask(for: .real) == .automatic)
    #expect(TargetTask(for: .oneHot) == .classification)
  }

  @Test("A class that is no whole number, and text where numbers were asked for")
  func refused() {
    #expect(throws: TableError(.notAClass(text: "0.5"), source: "t.csv", line: 3, column: "y")) {
      try data("y,x\n1,1\n0.5,2\n", task: .classification)
    }
    #expect(throws: TableError(.notANumber(text: "a"), source: "t.csv", line: 2, column: "y")) {
      try data("y,x\na,1\nb,2\n", task: .regression)
    }
  }

  @Test("Classes known from training keep their positions; others are refused")
  func known() throws {
    let set = try data("y,x\nc,1\nc,2\n", classNames: ["a", "b", "c"])
    #expect(set.targets == [[2], [2]])
    #expect(
      throws: TableError(.unknownClass(name: "d", known: ["a", "b"]), source: "t.csv", line: 2, column: "y")
    ) {
      try data("y,x\nd,1\n", classNames: ["a", "b"])
    }
  }

  @Test("Encodings for losses")
  func encodings() throws {
    let two = try data("y,x\nno,1\nyes,2\n")
    #expect(try two.encodedTargets(.probability, outputs: 1) == [[0], [1]])
    #expect(try two.encodedTargets(.sign, outputs: 1) == [[-1], [1]])
    #expect(try two.encodedTargets(.oneHot, outputs: 2) == [[1, 0], [0, 1]])
    #expect(two.outputCount(for: .probability) == 1)
    #expect(two.outputCount(for: .oneHot) == 2)
    let three = try data("y,x\na,1\nb,2\nc,3\n")
    #expect(try three.encodedTargets(.sign, outputs: 3)[1] == [-1, 1, -1])
    #expect(three.outputCount(for: .probability) == 3)
    #expect(throws: DifferentiationError.self) { try three.encodedTargets(.probability, outputs: 1) }
    #expect(throws: DifferentiationError.self) { try two.encodedTargets(.oneHot, outputs: 1) }
  }

  @Test("Numbers for a loss that takes them for something else")
  func meaning() throws {
    let real = try data("y,x\n0.3,1\n2,2\n")
    #expect(try real.encodedTargets(.real, outputs: 1) == [[0.3], [2]])
    for encoding in [TargetEncoding.probability, .sign, .oneHot] {
      #expect(throws: DifferentiationError.self) { try real.encodedTargets(encoding, outputs: 1) }
    }
    #expect(throws: DifferentiationError.self) { try real.encodedTargets(.real, outputs: 2) }
    #expect(try data("y,x\n0.3,1\n1,2\n").encodedTargets(.probability, outputs: 1) == [[0.3], [1]])
  }
}
