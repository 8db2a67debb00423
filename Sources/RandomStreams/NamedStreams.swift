// SPDX-License-Identifier: Apache-2.0

/// Independent random streams from one printed seed, one for each purpose.
///
/// ```swift
/// let streams = NamedStreams(seed: 42)
/// var weights = streams.generator(for: .initialization)
/// var order = streams.generator(for: .shuffle, index: epoch)
/// ```
///
/// Each stream depends on the seed, the purpose's name and the index alone. A new use, or more draws by an
/// old one, shifts no other stream; a resumed run finds the order of epoch 17 without replaying the first 16.
///
/// **The stream's seed** is defined as follows and will not change:
/// 1. h = FNV-1a, 64 bits, of the name's bytes in UTF-8, one byte 0xFF (which UTF-8 never uses), and the index as eight
///    bytes, least significant first;
/// 2. s = m(m(seed + 0x9E3779B97F4A7C15) ⊕ h), where m is the mixing function of ``SplitMix64``, one-to-one;
/// 3. the generator is ``Xoshiro256`` seeded with s.
///
/// For one seed, two streams coincide only if their 64-bit hashes do; for one stream, different seeds never coincide.
/// Streams are segments, at unrelated places, of a sequence with period 2²⁵⁶ − 1: an overlap of k streams of n numbers has
/// a probability below k²·n/2²⁵⁵.
public struct NamedStreams: Sendable, Hashable, Codable {
  /// The seed, to be printed with the results.
  public let seed: UInt64

  /// The streams that belong to a seed. Any seed is good.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// A new generator at the start of the stream.
  ///
  /// - Parameters:
  ///   - purpose: what the numbers are used for.
  ///   - index: tells repeated uses of one purpose apart: the epoch, the member of an ensemble, the trial.
  public func generator(for purpose: StreamPurpose, index: UInt64 = 0) -> Xoshiro256 {
    Xoshiro256(seed: seed(for: purpose, index: index))
  }

  /// The 64-bit seed of a stream, for a caller with a generator of its own.
  public func seed(for purpose: StreamPurpose, index: UInt64 = 0) -> UInt64 {
    var hash = FowlerNollVoHash()
    for byte in purpose.rawValue.utf8 {
      hash.combine(byte)
    }
    hash.combine(0xff)
    for shift in stride(from: 0, to: UInt64(64), by: 8) {
      hash.combine(UInt8(truncatingIfNeeded: index >> shift))
    }
    let mixedSeed = SplitMix64.mixed(seed &+ SplitMix64.increment)
    return SplitMix64.mixed(mixedSeed ^ hash.value)
  }
}

/// The hash FNV-1a of Fowler, Noll and Vo in 64 bits: stable across runs, which the standard library's is not.
private struct FowlerNollVoHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
}
