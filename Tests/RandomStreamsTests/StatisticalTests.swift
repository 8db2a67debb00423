// SPDX-License-Identifier: Apache-2.0

import RandomStreams
import Testing

/// Statistical laws for every source, and for sources that are wrong on purpose.
@Suite struct StatisticalTests {
  private let sources: [any RandomSource] = [
    Xoshiro256(seed: 0), Xoshiro256(seed: 42), NumPyRandom(seed: 42), PythonRandom(seed: 42),
    WorkloadGenerator(seed: 42), NamedStreams(seed: 1).generator(for: .noise),
  ]

  @Test func uniformNumbers() {
    for var source in sources {
      #expect(isUniform(source.uniforms(100_000)), "\(type(of: source))")
    }
  }

  /// The sum of twelve uniform numbers has kurtosis 3 − 6/(5·12).
  @Test func normalNumbers() {
    for var source in sources {
      let kurtosis = source is WorkloadGenerator ? 2.9 : 3
      #expect(isStandardNormal(source.normals(100_000), kurtosis: kurtosis), "\(type(of: source))")
    }
  }

  /// Bounds that are no power of two, one of them ¾ of 2⁶⁴: there a remainder without rejection would hit the lowest
  /// third twice as often.
  @Test func integersAreUnbiased() {
    let threeQuarters = (UInt64(3) << 62) - 1
    for var source in sources {
      var small = Array(repeating: 0, count: 7)
      var large = Array(repeating: 0, count: 3)
      for _ in 0..<70_000 {
        small[source.below(7)] += 1
        large[Int(source.uniformInteger(upTo: threeQuarters) >> 62)] += 1
      }
      #expect(isEven(small), "\(type(of: source))")
      #expect(isEven(large), "\(type(of: source))")
    }
  }

  /// All 24 orders of four elements are equally likely, and nothing is lost.
  @Test func shufflesAreFair() {
    for var source in sources {
      var counts: [[Int]: Int] = [:]
      for _ in 0..<24_000 {
        counts[source.permutation(4), default: 0] += 1
      }
      #expect(isFair(counts), "\(type(of: source))")
    }
  }

  @Test func lawsRejectWrongSources() {
    var even = EvenlySpaced()
    #expect(!isUniform(even.uniforms(100_000)))
    var biased = RemainderBiased(base: Xoshiro256(seed: 1))
    var large = Array(repeating: 0, count: 3)
    for _ in 0..<70_000 {
      large[Int(biased.uniformInteger(upTo: (3 << 62) - 1) >> 62)] += 1
    }
    #expect(!isEven(large))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      counts[biased.permutation(4), default: 0] += 1
    }
    #expect(!isFair(counts))
    var normal = Xoshiro256(seed: 1)
    #expect(!isStandardNormal(normal.normals(100_000, mean: 0.05)))
    #expect(!isStandardNormal(normal.normals(100_000, standardDeviation: 1.05)))
    var sums = WorkloadGenerator(seed: 1)
    #expect(!isStandardNormal(sums.normals(100_000)))
    #expect(!isStandardNormal(Array(repeating: .nan, count: 100)))
  }
}

/// Wrong on purpose: every number is the one before plus a constant.
private struct EvenlySpaced: RandomSource {
  var position: UInt64 = 0

  mutating func next() -> UInt64 {
    position &+= 1 << 44
    return position
  }

  mutating func normal() -> Double { uniform() }
}

/// Wrong on purpose: remainders without rejection, and a shuffle that never leaves an element in its place.
private struct RemainderBiased: RandomSource {
  var base: Xoshiro256

  mutating func next() -> UInt64 { base.next() }
  mutating func normal() -> Double { base.normal() }

  mutating func uniformInteger(upTo maximum: UInt64) -> UInt64 {
    maximum < 4 ? base.uniformInteger(upTo: maximum - 1) : base.next() % (maximum + 1)
  }
}
