// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

/// Goldens from `Generators/default_generator.py`.
@Suite struct Xoshiro256Tests {
  /// The vector published with several implementations of the authors' C code.
  @Test func publishedOutputs() throws {
    var random = try #require(Xoshiro256(state: (1, 2, 3, 4)))
    let golden: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
      16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
      2_904_607_092_377_533_576,
    ]
    #expect(golden.map { _ in random.next() } == golden)
  }

  /// The vector published for seed 1234567.
  @Test func publishedSplitMix() {
    var random = SplitMix64(seed: 1_234_567)
    let golden: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(golden.map { _ in random.next() } == golden)
  }

  @Test func zeroStateIsRefused() {
    #expect(Xoshiro256(state: (0, 0, 0, 0)) == nil)
  }

  @Test func distributionsOfSeed42() {
    let fresh = Xoshiro256(seed: 42)
    var random = fresh
    let uniforms = [0.08386297105988216, 0.3789802506626686, 0.6800434110281394, 0.9246929453253876]
    #expect(random.uniforms(4) == uniforms)
    random = fresh
    let normals = [-0.21119691823195985, -0.7262191382447857, 0.5227716877560146, 0.2216227015035933]
    #expect(random.normals(4) == normals)
    random = fresh
    #expect(random.shuffled(Array(0..<12)) == [0, 2, 11, 3, 9, 10, 5, 7, 8, 6, 4, 1])
    random = fresh
    let maxima: [UInt64] = [0, 1, 6, 999, 1 << 63, 3 << 62, .max - 1]
    let integers: [UInt64] = [
      0, 0, 4, 924, 9_147_776_489_032_658_738, 10_649_390_122_549_312_938, 13_267_978_908_934_200_753,
    ]
    #expect(maxima.map { random.uniformInteger(upTo: $0) } == integers)
  }

  @Test func integersStayInRange() {
    var random = Xoshiro256(seed: 5)
    #expect((0..<1000).allSatisfy { _ in (-3...4).contains(random.integer(in: -3...4)) })
    _ = random.integer(in: Int.min...Int.max)
    #expect(random.integer(in: Int.max...Int.max) == .max)
    #expect(random.integer(in: Int.min...Int.min) == .min)
    #expect([1, 0, -5, .min].allSatisfy { random.below($0) == 0 })
    #expect(random.permutation(-1).isEmpty && random.uniforms(-1).isEmpty && random.normals(-1).isEmpty)
  }

  @Test func widestRangeStaysFinite() {
    var random = Xoshiro256(seed: 5)
    let widest = -Double.greatestFiniteMagnitude..<Double.greatestFiniteMagnitude
    let values = random.uniforms(1000, in: widest)
    #expect(values.allSatisfy { widest.contains($0) })
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
  }
}
