// SPDX-License-Identifier: Apache-2.0

import TabularData
import Testing

/// A split by scikit-learn 1.9.1 with NumPy 2.4.6; made by Generators/sklearn_splits.py.
struct Golden: Sendable, CustomTestStringConvertible {
  let name: String
  let classes: [Int]
  let fraction: Double
  let stratified: Bool
  let seed: UInt32
  let split: DataSplit

  init(
    _ name: String, _ classes: [Int], _ fraction: Double, _ stratified: Bool, seed: UInt32, training: [Int],
    test: [Int]
  ) {
    self.name = name
    self.classes = classes
    self.fraction = fraction
    self.stratified = stratified
    self.seed = seed
    split = DataSplit(training: training, test: test)
  }

  var testDescription: String { "\(name), seed \(seed)" }

  static let all = [
    Golden(
      "plain", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.3, false, seed: 0,
      training: [6, 1, 7, 8, 3, 0, 5], test: [4, 9, 2, 10]),
    Golden(
      "plain", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.3, false, seed: 42,
      training: [2, 1, 8, 4, 7, 3, 6], test: [5, 0, 9, 10]),
    Golden(
      "stratified", [0, 1, 0, 2, 1, 0, 1, 0, 2, 0, 1], 0.3, true, seed: 0,
      training: [0, 3, 1, 4, 5, 6, 2], test: [7, 8, 10, 9]),
    Golden(
      "stratified", [0, 1, 0, 2, 1, 0, 1, 0, 2, 0, 1], 0.3, true, seed: 42,
      training: [4, 8, 2, 6, 1, 5, 9], test: [0, 7, 10, 3]),
    Golden(
      "ties", [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], 0.5, true, seed: 0,
      training: [6, 3, 9, 10, 7, 0], test: [11, 1, 5, 2, 4, 8]),
    Golden(
      "ties", [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], 0.5, true, seed: 42,
      training: [7, 5, 0, 2, 3, 9], test: [4, 11, 6, 8, 10, 1]),
  ]
}

@Suite("Splits")
struct DataSplitTests {
  /// 20 samples of class 0, 60 of class 1, 40 of class 2, mixed.
  private static let classes = (0..<120).map { [0, 1, 1, 2, 1, 2][$0 % 6] }

  @Test("The rows of scikit-learn", arguments: Golden.all)
  func parity(golden: Golden) throws {
    let split = try DataSplit(
      count: golden.classes.count, fractions: SplitFractions(test: golden.fraction),
      order: .numPy(seed: golden.seed), classes: golden.stratified ? golden.classes : nil)
    #expect(split == golden.split)
  }

  @Test(
    "Every row is in one part, in parts of the right sizes", arguments: [false, true], [UInt64(0), 1, 77])
  func partition(stratified: Bool, seed: UInt64) throws {
    let split = try DataSplit(
      count: 120, fractions: SplitFractions(validation: 0.1, test: 0.2), order: .shuffled(seed: seed),
      classes: stratified ? Self.classes : nil)
    #expect((split.training + split.validation + split.test).sorted() == Array(0..<120))
    #expect(split.training.count == 84 && split.validation.count == 12 && split.test.count == 24)
    #expect(split.training != split.training.sorted())
  }

  @Test("Stratified parts have the classes in their proportions")
  func proportions() throws {
    let split = try DataSplit(
      count: 120, fractions: SplitFractions(validation: 0.1, test: 0.2), order: .shuffled(seed: 5),
      classes: Self.classes)
    func counts(_ rows: [Int]) -> [Int] { (0..<3).map { c in rows.count { Self.classes[$0] == c } } }
    #expect(counts(split.test) == [4, 12, 8])
    #expect(counts(split.validation) == [2, 6, 4])
    #expect(counts(split.training) == [14, 42, 28])
  }

  @Test(
    "A seed gives one split, another seed another; validation does not move the test part",
    arguments: [false, true])
  func determinism(stratified: Bool) throws {
    func split(_ validation: Double, seed: UInt64) throws -> DataSplit {
      try DataSplit(
        count: 120, fractions: SplitFractions(validation: validation, test: 0.2),
        order: .shuffled(seed: seed),
        classes: stratified ? Self.classes : nil)
    }
    #expect(try split(0.1, seed: 3) == split(0.1, seed: 3))
    #expect(try split(0.1, seed: 3) != split(0.1, seed: 4))
    #expect(try split(0, seed: 3).test == split(0.3, seed: 3).test)
  }

  @Test("With nothing to divide, all samples train in their order")
  func whole() throws {
    let split = try DataSplit(count: 5, fractions: SplitFractions(), order: .shuffled(seed: 1))
    #expect(split == DataSplit(training: [0, 1, 2, 3, 4]))
  }

  @Test("A product that is whole but for its rounding is not rounded up")
  func rounding() throws {
    // In binary, 0.07 · 100 is 7.000000000000001.
    let split = try DataSplit(count: 100, fractions: SplitFractions(test: 0.07), order: .shuffled(seed: 1))
    #expect(split.test.count == 7)
  }

  @Test("Parts that would be empty, and classes that are too small")
  func refused() {
    func error(_ count: Int, _ validation: Double, _ test: Double, _ classes: [Int]? = nil) -> SplitError? {
      #expect(throws: SplitError.self) {
        try DataSplit(
          count: count, fractions: SplitFractions(validation: validation, test: test),
          order: .shuffled(seed: 0), classes: classes, classNames: ["a", "b", "c"])
      }
    }
    #expect(error(10, 0, 1) == .fraction(part: "test", found: 1))
    #expect(error(10, -0.1, 0) == .fraction(part: "validation", found: -0.1))
    guard case .fraction = error(10, .nan, 0) else {
      Issue.record("an undefined fraction was taken")
      return
    }
    #expect(error(4, 0.5, 0.5) == .noTraining(samples: 4, validation: 2, test: 2))
    #expect(error(0, 0, 0.5) == .noTraining(samples: 0, validation: 0, test: 0))
    #expect(error(7, 0, 0.5, [0, 0, 0, 1, 1, 1, 2]) == .smallClass(name: "c", samples: 1, parts: 2))
    #expect(
      error(9, 0, 0.2, [0, 0, 0, 1, 1, 1, 2, 2, 2]) == .smallPart(part: "test", samples: 2, classes: 3))
  }
}
