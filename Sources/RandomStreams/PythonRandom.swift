// SPDX-License-Identifier: Apache-2.0

import RealModule

/// The numbers of CPython's `random` module after `random.seed(n)`, to the last bit.
///
/// | CPython | here |
/// |---|---|
/// | `random()` | ``RandomSource/uniform()`` |
/// | `uniform(a, b)` | `uniform(in: a..<b)` |
/// | `gauss(m, s)` | `normal(mean: m, standardDeviation: s)` |
/// | `randrange(n)` | `below(n)` |
/// | `randint(a, b)` | `integer(in: a...b)` |
/// | `shuffle(x)` | `shuffle(&x)` |
///
/// `random.normalvariate` is another algorithm and not here. ``RandomSource/normal()`` passes through the C library's
/// `log`, `cos` and `sin`: where those differ in the last place, so does it.
public struct PythonRandom: RandomSource, Hashable, Codable {
  private var generator: MersenneTwister
  /// The second number of the last Box-Muller pair, given out by the next call.
  private var cachedNormal: Double?

  /// The state after `random.seed(seed)`, for an integer of any size. Like CPython, the sign is dropped.
  public init(seed: some BinaryInteger) {
    var key: [UInt32] = []
    for word in seed.magnitude.words {
      for shift in stride(from: 0, to: UInt.bitWidth, by: 32) {
        key.append(UInt32(truncatingIfNeeded: word >> UInt(shift)))
      }
    }
    while let last = key.last, last == 0 {
      key.removeLast()
    }
    generator = MersenneTwister(key: key)
  }

  /// The next 64 bits: two outputs, the first one on top.
  public mutating func next() -> UInt64 { generator.next() }

  /// A number in [0, 1): `random.random()`.
  public mutating func uniform() -> Double { generator.uniform() }

  /// A standard normal number by the trigonometric method: `random.gauss(0, 1)`. Every second call costs no draw.
  ///
  /// G. E. P. Box and M. E. Muller, A note on the generation of random normal deviates, Ann. Math. Statist. 29 (1958),
  /// doi:10.1214/aoms/1177706645.
  public mutating func normal() -> Double {
    if let cached = cachedNormal {
      cachedNormal = nil
      return cached
    }
    let angle = uniform() * (2 * Double.pi)
    let radius = Double.sqrt(-2 * Double.log(1 - uniform()))
    cachedNormal = Double.sin(angle) * radius
    return Double.cos(angle) * radius
  }

  /// An integer in `0...maximum`: CPython's `_randbelow(maximum + 1)`.
  ///
  /// As many bits are drawn as n = maximum + 1 has, and again while the value is n or more. For n = 1 that is a draw
  /// of single bits until one is 0.
  public mutating func uniformInteger(upTo maximum: UInt64) -> UInt64 {
    let count = UInt128(maximum) + 1
    let width = UInt128.bitWidth - count.leadingZeroBitCount
    while true {
      let value = bits(width)
      if value < count { return UInt64(value) }
    }
  }

  /// `getrandbits(width)`: outputs from the least significant up, the last one cut to its top bits.
  private mutating func bits(_ width: Int) -> UInt128 {
    var value: UInt128 = 0
    for shift in stride(from: 0, to: width, by: 32) {
      let surplus = UInt32(max(0, 32 - (width - shift)))
      value |= UInt128(generator.nextUInt32() >> surplus) << UInt128(shift)
    }
    return value
  }
}
