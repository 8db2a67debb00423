// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

@Suite struct MersenneTwisterTests {
  /// The C++ standard, [rand.predef]: the 10 000th output of `mt19937` (seed 5489) is 4123659995.
  @Test func tenThousandthOutputIsThatOfTheStandard() {
    var generator = MersenneTwister(seed: 5489)
    var last: UInt32 = 0
    for _ in 0..<10_000 {
      last = generator.nextUInt32()
    }
    #expect(last == 4_123_659_995)
  }

  /// The first outputs of the authors' `mt19937ar.out`: key 0x123, 0x234, 0x345, 0x456.
  @Test func keyedSeedingGivesTheAuthorsOutputs() {
    var generator = MersenneTwister(key: [0x123, 0x234, 0x345, 0x456])
    let outputs = (0..<5).map { _ in generator.nextUInt32() }
    #expect(outputs == [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783, 4_228_976_476])
  }

  @Test func wideOutputPutsTheFirstWordOnTop() {
    var wide = MersenneTwister(seed: 42)
    var narrow = wide
    let high = UInt64(narrow.nextUInt32())
    let low = UInt64(narrow.nextUInt32())
    #expect(wide.next() == high << 32 | low)
  }

  @Test func emptyKeyIsOneZero() {
    #expect(MersenneTwister(key: []) == MersenneTwister(key: [0]))
    #expect(MersenneTwister(key: [0]) != MersenneTwister(key: [0, 0]))
  }

  /// Keys longer than the state run over it more than once. From `RandomState(list(range(1000))).randint(0, 2**32)`.
  @Test func longKey() {
    var generator = MersenneTwister(key: Array(0..<1000))
    #expect(generator.nextUInt32() == 4_012_946_933)
  }

  @Test func copiesAreIndependent() {
    var one = MersenneTwister(seed: 7)
    var other = one
    for _ in 0..<1000 { _ = one.nextUInt32() }
    #expect(one != other)
    for _ in 0..<1000 { _ = other.nextUInt32() }
    #expect(one == other)
  }
}
