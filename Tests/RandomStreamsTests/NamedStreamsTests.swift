// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

@Suite struct NamedStreamsTests {
  /// The documented derivation, from `Generators/default_generator.py`. These numbers must never change.
  @Test func seedsAreStable() {
    let streams = NamedStreams(seed: 42)
    #expect(streams.seed(for: .initialization) == 16_920_397_767_338_780_025)
    #expect(streams.seed(for: .shuffle) == 2_210_345_050_517_367_499)
    #expect(streams.seed(for: .shuffle, index: 17) == 7_963_248_345_780_407_922)
    #expect(NamedStreams(seed: 0).seed(for: .custom("\u{e9}")) == 3_931_546_590_762_144_183)
    #expect(NamedStreams(seed: .max).seed(for: .data, index: .max) == 1_077_351_028_768_587_262)
    var random = streams.generator(for: .initialization)
    #expect(random.next() == 8_986_955_669_597_059_541)
    #expect(random.next() == 16_789_188_508_008_866_479)
  }

  @Test func drawsInOneStreamShiftNoOther() {
    let streams = NamedStreams(seed: 7)
    var noise = streams.generator(for: .noise)
    let expected = noise.normals(10)
    var data = streams.generator(for: .data)
    _ = data.uniforms(1001)
    var again = streams.generator(for: .noise)
    #expect(again.normals(10) == expected)
  }

  @Test func everyPurposeSeedAndIndexHasItsOwnStream() {
    var seeds: Set<UInt64> = []
    for seed in [0, 1, 2, 42, UInt64.max] {
      for purpose in StreamPurpose.named + [.custom(""), .custom("noise2")] {
        for index in UInt64(0)..<100 {
          seeds.insert(NamedStreams(seed: seed).seed(for: purpose, index: index))
        }
      }
    }
    #expect(seeds.count == 5 * (StreamPurpose.named.count + 2) * 100)
  }

  @Test func purposeIsItsName() {
    #expect(StreamPurpose.custom("shuffle") == .shuffle)
    #expect(Set(StreamPurpose.named).count == StreamPurpose.named.count)
    // The same letter in two encodings is two names, as it is two streams.
    #expect(StreamPurpose.custom("\u{e9}") != .custom("e\u{301}"))
  }

  /// Pairs of streams are uncorrelated: for n independent pairs the correlation has standard deviation 1/√n, and 5 of
  /// them bound all of the 66 pairs but for a chance of 4·10⁻⁵. Neighbouring seeds and indices are included.
  @Test func streamsAreUncorrelated() {
    let count = 20_000
    var sequences: [[Double]] = []
    for purpose in [StreamPurpose.noise, .data, .shuffle] {
      for (seed, index) in [(1, 0), (1, 1), (2, 0), (2, 1)] as [(UInt64, UInt64)] {
        var random = NamedStreams(seed: seed).generator(for: purpose, index: index)
        sequences.append(random.uniforms(count))
      }
    }
    for left in sequences.indices {
      for right in sequences.indices where right > left {
        #expect(areUncorrelated(sequences[left], sequences[right]))
      }
    }
    // Wrong on purpose: the same stream, and one that is mixed in by a tenth.
    #expect(!areUncorrelated(sequences[0], sequences[0]))
    let mixed = zip(sequences[0], sequences[1]).map { 0.1 * $0 + 0.9 * $1 }
    #expect(!areUncorrelated(sequences[0], mixed))
  }
}
