// SPDX-License-Identifier: Apache-2.0

/// The Mersenne Twister MT19937: 32-bit outputs, period 2¹⁹⁹³⁷ − 1.
///
/// It is here for parity: NumPy's legacy generator and CPython's `random` both run on it, and their printed figures
/// are exact tests. For new work the smaller and faster ``Xoshiro256`` is the default.
///
/// The state is 624 words of 32 bits, renewed all at once: 624 outputs cost one pass over the array.
///
/// M. Matsumoto and T. Nishimura, Mersenne twister: a 623-dimensionally equidistributed uniform pseudo-random
/// number generator, ACM TOMACS 8 (1998), doi:10.1145/272991.272995; the two seedings are those of the authors' 2002
/// revision (`init_genrand` and `init_by_array`).
public struct MersenneTwister: RandomNumberGenerator, Sendable, Hashable {
  /// Number of 32-bit words of the state.
  public static let wordCount = 624
  static let middle = 397

  /// The state words, and the next one to be given out; a position of 624 asks for a renewal first.
  var words: [UInt32]
  var position: Int

  /// The generator's recurrence started from one word (`init_genrand`), as `numpy.random.seed(n)` does.
  ///
  /// x₀ = seed, xᵢ = 1812433253·(xᵢ₋₁ ⊕ xᵢ₋₁≫30) + i.
  public init(seed: UInt32) {
    words = [seed]
    words.reserveCapacity(Self.wordCount)
    var previous = seed
    for index in 1..<UInt32(Self.wordCount) {
      previous = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ index
      words.append(previous)
    }
    position = Self.wordCount
  }

  /// The state filled from a key of any length (`init_by_array`), as CPython seeds from an integer's 32-bit words
  /// and NumPy from a list.
  ///
  /// - Parameter key: words, least significant first. An empty key is taken as one zero word.
  public init(key: [UInt32]) {
    self.init(seed: 19_650_218)
    let key = key.isEmpty ? [0] : key
    var index = 1
    var keyIndex = 0
    for _ in 0..<max(Self.wordCount, key.count) {
      words[index] =
        (words[index] ^ (mixed(words[index - 1]) &* 1_664_525)) &+ key[keyIndex] &+ UInt32(keyIndex)
      advance(&index)
      keyIndex = keyIndex + 1 == key.count ? 0 : keyIndex + 1
    }
    for _ in 1..<Self.wordCount {
      words[index] = (words[index] ^ (mixed(words[index - 1]) &* 1_566_083_941)) &- UInt32(index)
      advance(&index)
    }
    // A nonzero top bit: the state cannot be all zero.
    words[0] = 0x8000_0000
  }

  private func mixed(_ word: UInt32) -> UInt32 { word ^ (word >> 30) }

  /// The next index of 1, …, 623, 1, …; at the wrap the last word is carried to the front.
  private mutating func advance(_ index: inout Int) {
    index += 1
    if index == Self.wordCount {
      words[0] = words[Self.wordCount - 1]
      index = 1
    }
  }

  /// The next 32 bits.
  public mutating func nextUInt32() -> UInt32 {
    if position == Self.wordCount { renew() }
    var value = words[position]
    position += 1
    value ^= value >> 11
    value ^= (value << 7) & 0x9d2c_5680
    value ^= (value << 15) & 0xefc6_0000
    return value ^ (value >> 18)
  }

  /// The next 64 bits: two outputs, the first one on top.
  public mutating func next() -> UInt64 {
    let high = UInt64(nextUInt32())
    return high << 32 | UInt64(nextUInt32())
  }

  /// A number in [0, 1) with 53 random bits: (2²⁶·a + b) / 2⁵³ from the top 27 and 26 bits of two outputs
  /// (`genrand_res53`; NumPy's `random_sample` and CPython's `random`).
  public mutating func uniform() -> Double {
    let high = Double(nextUInt32() >> 5)
    let low = Double(nextUInt32() >> 6)
    return (high * 0x1p26 + low) * 0x1p-53
  }

  /// Replaces the 624 words by the next 624.
  private mutating func renew() {
    for index in 0..<Self.wordCount {
      let next = index + 1 == Self.wordCount ? 0 : index + 1
      let ahead = index + Self.middle
      let far = ahead < Self.wordCount ? ahead : ahead - Self.wordCount
      let joined = (words[index] & 0x8000_0000) | (words[next] & 0x7fff_ffff)
      words[index] = words[far] ^ (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_b0df)
    }
    position = 0
  }
}
