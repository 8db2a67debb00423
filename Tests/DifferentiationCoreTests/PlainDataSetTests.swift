// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import Testing

/// Data sets from plain arrays are those of the long way, and what does not fit is refused.
struct PlainDataSetTests {
  @Test func aCurveHasOneInputAndOneTarget() throws {
    let long = try DataSet(
      inputNames: ["x"], targetNames: ["y"], inputs: [[1], [2]], targets: [[3], [5]], task: .regression)
    #expect(try DataSet(x: [1, 2], y: [3, 5]) == long)
    #expect(throws: DifferentiationError.self) { try DataSet(x: [1, 2], y: [3]) }
  }

  @Test func pointsHaveAClassEach() throws {
    let long = try DataSet(
      inputNames: ["x1", "x2", "x3"], targetNames: ["class"], inputs: [[1, 2, 3], [4, 5, 6]], targets: [[1], [0]],
      task: .classification(classNames: ["no", "yes"]))
    #expect(try DataSet(points: [[1, 2, 3], [4, 5, 6]], classes: [1, 0], classNames: ["no", "yes"]) == long)
  }

  @Test(arguments: [
    ([[1.0, 2], [3]], [0, 1]), ([[1, 2]], [0, 1]), ([[1, 2], [3, 4]], [0, 2]), ([[1, 2], [3, 4]], [-1, 0]),
  ])
  func pointsThatDoNotFitAreRefused(points: [[Double]], classes: [Int]) {
    #expect(throws: DifferentiationError.self) {
      try DataSet(points: points, classes: classes, classNames: ["no", "yes"])
    }
  }

  @Test func aClassWithoutANameIsNamedWithItsSample() {
    #expect(
      throws: DifferentiationError.shape(
        what: "the class of sample 1", expected: "0 to 1, a class with a name", found: "2")
    ) { try DataSet(points: [[1, 2], [3, 4]], classes: [0, 2], classNames: ["no", "yes"]) }
  }

  /// Gives out what it is given.
  struct FirstDraw: DataGenerator {
    let specification = "first-draw"
    func generate(streams: NamedStreams) throws -> DataSet {
      var random = streams.generator(for: .data)
      return try DataSet(x: [random.uniform()], y: [0])
    }
  }

  @Test func aSeedStandsForItsStreams() throws {
    #expect(try FirstDraw().generate(seed: 5) == FirstDraw().generate(streams: NamedStreams(seed: 5)))
    #expect(try FirstDraw().generate() == FirstDraw().generate(seed: 0))
    #expect(try FirstDraw().generate(seed: 5) != FirstDraw().generate(seed: 6))
  }
}
