// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import DifferentiationCore
import DifftoolCommands
import RandomStreams
import Testing

/// The rows that `check --data` and `gradient --data` take.
struct DrawnSamplesTests {
  /// Sorted by class, as files often are; the input is the row's number.
  static func sorted(_ counts: [Int]) throws -> DataSet {
    let classes = counts.enumerated().flatMap { Array(repeating: Double($0), count: $1) }
    return try DataSet(
      inputNames: ["row"], targetNames: ["class"], inputs: classes.indices.map { [Double($0)] },
      targets: classes.map { [$0] }, task: .classification(classNames: counts.indices.map { "class \($0)" }))
  }

  static func draw(_ wanted: Int, of data: DataSet, seed: UInt64) -> DataSet {
    var random: any RandomSource = NamedStreams(seed: seed).generator(for: .points)
    return data.drawing(wanted, from: &random)
  }

  @Test("Every class of a sorted file is drawn, as evenly as it can be", arguments: [0, 1, 2, 3] as [UInt64])
  func classes(seed: UInt64) throws {
    let drawn = Self.draw(8, of: try Self.sorted([50, 50, 50]), seed: seed)
    let counts = [0, 1, 2].map { label in drawn.targets.filter { $0[0] == label }.count }
    #expect(counts.sorted() == [2, 3, 3])
    // A class with one row gives that row and the others the rest.
    let rare = Self.draw(8, of: try Self.sorted([1, 50]), seed: seed)
    #expect(rare.targets.filter { $0[0] == 0 }.count == 1 && rare.count == 8)
    // More classes than samples: no class twice.
    let many = Self.draw(3, of: try Self.sorted([9, 9, 9, 9, 9]), seed: seed)
    #expect(Set(many.targets.map { $0[0] }).count == 3)
  }

  @Test("The seed decides which rows; no row comes twice; a small set is taken whole and in its order")
  func rows() throws {
    let data = try Self.sorted([40, 40])
    let draws = (0..<20).map { Self.draw(8, of: data, seed: $0).inputs.map { $0[0] } }
    #expect(Set(draws).count == 20)
    #expect(draws.allSatisfy { Set($0).count == 8 })
    #expect(draws[0] == Self.draw(8, of: data, seed: 0).inputs.map { $0[0] })
    // Not the first rows of each class either.
    #expect(draws.contains { $0.contains { (20..<40).contains($0) } })
    let small = try Self.sorted([2, 2])
    #expect(Self.draw(8, of: small, seed: 0) == small)
    var numbers = data
    numbers.task = .regression
    #expect(Set(Self.draw(8, of: numbers, seed: 1).inputs.map { $0[0] }).count == 8)
  }

  @Test("The report says how many of how many, and how they were scaled; --scale changes the loss")
  func report() throws {
    try Tool.use { tool in
      let rows = (0..<60).map { "\(Double($0) * 0.1),\($0 * $0 % 17),\($0 < 30 ? "a" : "b")" }
      try tool.write((["x,y,class"] + rows).joined(separator: "\n"), to: "sorted.csv")
      let file = "check --model mlp:hidden=4 --data sorted.csv --target class"
      let words = try tool(file).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("8 of 60 sorted.csv samples (inputs scaled)"), "\(words)")
      let values = try ["", " --scale none", " --seed 1"].map {
        try JSONObject(tool(file + $0 + " --format json").output).numbers("value")
      }
      #expect(Set(values).count == 3)
      let refused = try tool("check --model line --scale inputs")
      #expect(refused.exitCode == 64 && refused.errors.contains("--scale belongs to --data"))
    }
  }
}
