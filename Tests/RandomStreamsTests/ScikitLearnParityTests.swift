// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

@Suite struct ScikitLearnParityTests {
  @Test(arguments: SplitGoldens.all)
  func splits(golden: SplitGolden) throws {
    let split = try trainTestSplitIndices(
      count: golden.count, testFraction: golden.testFraction, seed: golden.seed)
    #expect(Array(split.test.prefix(6)) == golden.firstTest)
    #expect(Array(split.train.prefix(6)) == golden.firstTrain)
    #expect(split.test.count == golden.testCount)
    #expect(split.train.count == golden.trainCount)
    #expect(checksum(split.test + split.train) == golden.checksum)
  }

  /// Bit for bit where the C library's sin, cos and log are glibc's, which made the goldens.
  @Test(arguments: MoonsGoldens.all)
  func moons(golden: MoonsGolden) throws {
    var random = NumPyRandom(seed: golden.seed)
    let moons = try makeMoons(
      count: golden.count, noise: golden.noise, shuffle: golden.shuffle, random: &random)
    #expect(moons.labels == golden.labels)
    #expect(moons.points.flatMap { $0 } == golden.coordinates)
    #expect(random.uniform() == golden.nextUniform)
  }

  @Test func moonsRefuseWhatCannotBe() {
    var random = NumPyRandom(seed: 0)
    let before = random
    #expect(throws: RandomStreamsError.count(what: "moons", found: 0, minimum: 1)) {
      try makeMoons(count: 0, noise: nil, random: &random)
    }
    #expect(throws: RandomStreamsError.noise(what: "moons", found: -0.1)) {
      try makeMoons(count: 4, noise: -0.1, random: &random)
    }
    for noise in [Double.nan, .infinity] {
      #expect(throws: RandomStreamsError.self) {
        try makeMoons(count: 4, noise: noise, random: &random)
      }
    }
    #expect(random == before)
  }

  @Test(arguments: [0, 1, -0.2, 1.5, .nan, .infinity] as [Double])
  func splitsRefuseFractions(fraction: Double) {
    #expect(throws: RandomStreamsError.self) {
      try trainTestSplitIndices(count: 10, testFraction: fraction, seed: 0)
    }
  }

  @Test func splitsRefuseEmptyParts() throws {
    #expect(throws: RandomStreamsError.count(what: "train/test split", found: 0, minimum: 1)) {
      try trainTestSplitIndices(count: 0, testFraction: 0.2, seed: 0)
    }
    #expect(throws: RandomStreamsError.noTrainingSamples(count: 1, testFraction: 0.2)) {
      try trainTestSplitIndices(count: 1, testFraction: 0.2, seed: 0)
    }
    let smallest = try trainTestSplitIndices(count: 2, testFraction: 0.2, seed: 0)
    #expect(smallest.test.count == 1 && smallest.train.count == 1)
  }

  @Test func errorsSayTheWayOut() {
    let error = RandomStreamsError.testFraction(found: 20)
    #expect(error.description.contains("20.0") && error.description.contains("between 0 and 1"))
  }
}
