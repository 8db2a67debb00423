// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

@Suite struct NumPyRandomTests {
  @Test(arguments: NumPyGoldens.all)
  func distributions(golden: NumPyGolden) {
    let fresh = NumPyRandom(seed: golden.seed)
    var random = fresh
    #expect(random.uniforms(golden.uniform.count) == golden.uniform)
    random = fresh
    #expect(random.uniforms(golden.ranged.count, in: -3..<7) == golden.ranged)
    random = fresh
    #expect(random.normals(golden.normal.count, mean: 1.5, standardDeviation: 0.25) == golden.normal)
    random = fresh
    let mixed = (0..<3).flatMap { _ in [random.normal(), random.uniform()] }
    #expect(mixed == golden.normalThenUniform)
  }

  @Test(arguments: NumPyGoldens.all)
  func ordersAndIntegers(golden: NumPyGolden) {
    let fresh = NumPyRandom(seed: golden.seed)
    var random = fresh
    var elements = Array(0..<12)
    random.shuffle(&elements)
    #expect(elements == golden.shuffled)
    random = fresh
    #expect(random.permutation(17) == golden.permutation)
    random = fresh
    #expect(golden.integers.map { _ in random.integer(in: -5...999) } == golden.integers)
    random = fresh
    #expect(golden.wideIntegers.map { _ in random.below(1 << 40) } == golden.wideIntegers)
  }

  /// Every bit of 10 000 numbers: 16 renewals of the state (32 for 64-bit uses).
  @Test(arguments: NumPyGoldens.all)
  func longRuns(golden: NumPyGolden) {
    var random = NumPyRandom(seed: golden.seed)
    #expect(checksum(random.uniforms(10_000)) == golden.uniformChecksum)
    random = NumPyRandom(seed: golden.seed)
    #expect(checksum(random.normals(10_000)) == golden.normalChecksum)
    random = NumPyRandom(seed: golden.seed)
    #expect(checksum(random.permutation(5_000)) == golden.permutationChecksum)
  }

  /// `np.random.RandomState([1, 2, 3]).random_sample(3)`.
  @Test func seedList() {
    var random = NumPyRandom(seeds: [1, 2, 3])
    #expect(random.uniforms(3) == [0.6098612722867289, 0.8866970434146851, 0.47633673750662764])
  }

  /// `RandomState(42).randint(0, 2**64, dtype=np.uint64)`.
  @Test func widestIntegers() {
    var random = NumPyRandom(seed: 42)
    var bits = random
    let golden: [UInt64] = [
      6_909_045_637_428_952_499, 17_537_583_593_393_853_710, 13_502_904_847_239_337_031,
    ]
    #expect(golden.map { _ in random.uniformInteger(upTo: .max) } == golden)
    #expect(golden.map { _ in bits.next() } == golden)
  }

  @Test func nothingToChooseDrawsNothing() {
    var random = NumPyRandom(seed: 3)
    let before = random
    #expect(random.below(1) == 0)
    #expect(random.permutation(1) == [0])
    #expect(random.permutation(0) == [])
    #expect(random == before)
  }

  /// Wrong on purpose: another seed, and CPython's seeding of the same number, are told apart.
  @Test func otherStreamsDiffer() {
    var numpy = NumPyRandom(seed: 42)
    var next = NumPyRandom(seed: 43)
    var python = PythonRandom(seed: 42)
    let values = [numpy.uniform(), next.uniform(), python.uniform()]
    #expect(Set(values).count == 3)
    #expect(checksum(Array(0..<5_000)) != NumPyGoldens.all[2].permutationChecksum)
  }
}
