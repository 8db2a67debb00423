// SPDX-License-Identifier: Apache-2.0

/// The numbers of NumPy's legacy generator, `np.random.seed(n)` or `np.random.RandomState(n)`, to the last bit.
///
/// | NumPy | here |
/// |---|---|
/// | `random_sample()`, `rand()` | ``RandomSource/uniform()`` |
/// | `uniform(a, b)` | `uniform(in: a..<b)` |
/// | `standard_normal()`, `randn()` | ``RandomSource/normal()`` |
/// | `normal(m, s)` | `normal(mean: m, standardDeviation: s)` |
/// | `randint(a, b)` | `integer(in: a...(b - 1))` |
/// | `shuffle(x)`, `permutation(n)` | `shuffle(&x)`, `permutation(n)` |
///
/// NumPy has frozen this generator's streams (NEP 19), so parity holds for every NumPy version. `np.random.default_rng`
/// is another generator. The normal numbers pass through the C library's `log`: where it differs in the last place,
/// so do they.
public struct NumPyRandom: RandomSource, Hashable, Codable {
  private var generator: MersenneTwister
  /// The second number of the last polar pair, given out by the next call.
  private var cachedNormal: Double?

  /// The state after `np.random.seed(seed)`, for an integer in 0 ..< 2³² (NumPy takes no other).
  public init(seed: UInt32) {
    generator = MersenneTwister(seed: seed)
  }

  /// The state after `np.random.seed([…])`, a list of integers in 0 ..< 2³².
  public init(seeds: [UInt32]) {
    generator = MersenneTwister(key: seeds)
  }

  /// The next 64 bits: two outputs, the first one on top.
  public mutating func next() -> UInt64 { generator.next() }

  /// A number in [0, 1): `random_sample()`.
  public mutating func uniform() -> Double { generator.uniform() }

  /// A standard normal number by the polar method: `standard_normal()`. Every second call costs no draw.
  public mutating func normal() -> Double {
    if let cached = cachedNormal {
      cachedNormal = nil
      return cached
    }
    let pair = polarNormalPair { generator.uniform() }
    cachedNormal = pair.second
    return pair.first
  }

  /// An integer in `0...maximum` by masking and rejection: NumPy's `rk_interval`.
  ///
  /// The draw is cut to the bits of the maximum and repeated while it is greater; one output of 32 bits where the
  /// maximum fits, two otherwise.
  public mutating func uniformInteger(upTo maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    while true {
      let draw = maximum <= 0xffff_ffff ? UInt64(generator.nextUInt32()) : generator.next()
      let value = draw & mask
      if value <= maximum { return value }
    }
  }
}
