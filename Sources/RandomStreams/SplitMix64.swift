// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: a counter with a strong mixing function, used to spread a seed over a larger state.
///
/// Every seed is good, zero and small numbers included, and the outputs of one run are all different.
///
/// G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
/// doi:10.1145/2660193.2660195.
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable {
  /// The counter's step: 2⁶⁴ divided by the golden ratio, made odd.
  static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

  private var counter: UInt64

  /// A counter that starts at `seed`.
  public init(seed: UInt64) {
    counter = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    counter &+= Self.increment
    return Self.mixed(counter)
  }

  /// A one-to-one map of the 64-bit words onto themselves in which each input bit flips about half of the output bits.
  static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
