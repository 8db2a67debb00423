// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

@Suite struct PythonRandomTests {
  @Test(arguments: PythonGoldens.all)
  func distributions(golden: PythonGolden) {
    let fresh = PythonRandom(seed: golden.seed)
    var random = fresh
    #expect(random.uniforms(golden.uniform.count) == golden.uniform)
    random = fresh
    #expect(random.uniforms(golden.ranged.count, in: -1..<1) == golden.ranged)
    random = fresh
    #expect(random.normals(golden.normal.count, mean: 1.5, standardDeviation: 0.25) == golden.normal)
    random = fresh
    let mixed = (0..<3).flatMap { _ in [random.normal(), random.uniform()] }
    #expect(mixed == golden.normalThenUniform)
  }

  @Test(arguments: PythonGoldens.all)
  func ordersAndIntegers(golden: PythonGolden) {
    var random = PythonRandom(seed: golden.seed)
    #expect(random.shuffled(Array(0..<12)) == golden.shuffled)
    random = PythonRandom(seed: golden.seed)
    let bounds = [1, 2, 3, 10, 1000, 1 << 32, (1 << 32) + 1, 1 << 40, 1 << 62]
    #expect(bounds.map { random.below($0) } == golden.below)
  }

  @Test(arguments: PythonGoldens.all)
  func longRuns(golden: PythonGolden) {
    var random = PythonRandom(seed: golden.seed)
    #expect(checksum(random.uniforms(10_000)) == golden.uniformChecksum)
    random = PythonRandom(seed: golden.seed)
    #expect(checksum(random.normals(10_000)) == golden.normalChecksum)
    random = PythonRandom(seed: golden.seed)
    #expect(checksum(random.shuffled(Array(0..<5_000))) == golden.shuffleChecksum)
  }

  /// `random.Random(n).random()` for seeds of other sizes and signs.
  @Test func seedsOfAnySize() {
    var wide = PythonRandom(seed: (UInt128(1) << 64) + 12_345)
    #expect(wide.uniform() == 0.0006128515938171875)
    var negative = PythonRandom(seed: -7)
    #expect(negative.uniform() == 0.32383276483316237)
    #expect(PythonRandom(seed: -7) == PythonRandom(seed: 7))
    var long = PythonRandom(seed: 1 << 32)
    #expect(long.uniform() == 0.11299430095636409)
    #expect(PythonRandom(seed: Int8(5)) == PythonRandom(seed: UInt64(5)))
  }

  /// The largest bound asks for 65 bits at a time; `random.Random(42)._randbelow(2**64)`.
  @Test func widestIntegers() {
    var random = PythonRandom(seed: 42)
    #expect(
      (0..<3).map { _ in random.uniformInteger(upTo: .max) } == [
        2053695854357871005, 5073395517033431291, 10060236952204337488,
      ])
  }
}
