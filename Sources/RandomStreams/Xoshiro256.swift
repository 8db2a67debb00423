// SPDX-License-Identifier: Apache-2.0

/// The project's default generator, xoshiro256**: 256 bits of state, period 2²⁵⁶ − 1, all 64 output bits good.
///
/// It is a few shifts and adds per number, needs no table, and passes the known test batteries. It is not for
/// cryptography. Separate uses take separate generators from ``NamedStreams``.
///
/// ``RandomSource/uniform()`` takes the top 53 bits, integers are drawn without bias, normal numbers come in
/// polar pairs of which the second waits in the state. These choices are fixed: a seed keeps its numbers. The normal
/// numbers pass through the C library's `log` and may differ in the last place between platforms.
///
/// D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021),
/// doi:10.1145/3460772.
public struct Xoshiro256: RandomSource, Hashable {
  @usableFromInline var word0: UInt64
  @usableFromInline var word1: UInt64
  @usableFromInline var word2: UInt64
  @usableFromInline var word3: UInt64
  /// The second number of the last polar pair, given out by the next call.
  @usableFromInline var cachedNormal: Double?

  /// A generator whose four words are the first outputs of ``SplitMix64``; any seed is good.
  public init(seed: UInt64) {
    var spread = SplitMix64(seed: seed)
    word0 = spread.next()
    word1 = spread.next()
    word2 = spread.next()
    word3 = spread.next()
    cachedNormal = nil
  }

  /// A generator with the four given words as its state, or nil if all are zero.
  public init?(state: (UInt64, UInt64, UInt64, UInt64)) {
    guard state.0 | state.1 | state.2 | state.3 != 0 else { return nil }
    (word0, word1, word2, word3) = state
    cachedNormal = nil
  }

  /// The next 64 bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let result = Self.rotated(word1 &* 5, by: 7) &* 9
    let shifted = word1 << 17
    word2 ^= word0
    word3 ^= word1
    word1 ^= word2
    word0 ^= word3
    word2 ^= shifted
    word3 = Self.rotated(word3, by: 45)
    return result
  }

  @inlinable
  static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }

  /// A standard normal number by the polar method. Every second call costs no draw.
  @inlinable
  public mutating func normal() -> Double {
    if let cached = cachedNormal {
      cachedNormal = nil
      return cached
    }
    let pair = polarNormalPair { uniform() }
    cachedNormal = pair.second
    return pair.first
  }
}

extension Xoshiro256: Codable {
  private enum CodingKeys: String, CodingKey {
    case algorithm
    case state
    case cachedNormal
  }

  private static let algorithm = "xoshiro256**"

  /// Writes the algorithm's name, the four words as 16 hexadecimal digits each (many JSON readers round integers
  /// beyond 2⁵³), and the waiting normal number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.algorithm, forKey: .algorithm)
    let words = [word0, word1, word2, word3].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    try container.encode(words, forKey: .state)
    try container.encodeIfPresent(cachedNormal, forKey: .cachedNormal)
  }

  /// Reads a state, and refuses one that no generator can be in.
  ///
  /// - Throws: `DecodingError.dataCorrupted` if the state belongs to another algorithm, is not four hexadecimal
  ///   words, or is all zero; or if the waiting number is not finite.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let algorithm = try container.decode(String.self, forKey: .algorithm)
    guard algorithm == Self.algorithm else {
      throw DecodingError.dataCorruptedError(
        forKey: .algorithm, in: container,
        debugDescription: "a state of \(algorithm) where one of \(Self.algorithm) is wanted")
    }
    let texts = try container.decode([String].self, forKey: .state)
    let words = texts.compactMap { UInt64($0, radix: 16) }
    guard words.count == 4, texts.count == 4,
      let restored = Self(state: (words[0], words[1], words[2], words[3]))
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .state, in: container,
        debugDescription: "the state must be four hexadecimal words of 64 bits, not all zero; found \(texts)")
    }
    self = restored
    cachedNormal = try container.decodeIfPresent(Double.self, forKey: .cachedNormal)
    guard cachedNormal?.isFinite ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .cachedNormal, in: container, debugDescription: "the waiting normal number is not finite")
    }
  }
}
