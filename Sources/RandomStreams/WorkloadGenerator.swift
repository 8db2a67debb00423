// SPDX-License-Identifier: Apache-2.0

/// The linear congruential generator of the benchmark workloads: the same inputs in every language, to the last bit.
///
/// s ← 6364136223846793005·s + 1442695040888963407 mod 2⁶⁴; a uniform number is the top 53 bits of s times 2⁻⁵³; a normal
/// number is the sum of twelve uniform ones minus 6, added in the order drawn. It uses no function of the C library, so
/// nothing can differ between platforms. For benchmarks only: the normal numbers end at ±6 and have kurtosis 2.9.
public struct WorkloadGenerator: RandomSource, Hashable, Codable {
  private var state: UInt64

  /// A generator whose state is the seed; the first number comes from the state after it.
  public init(seed: UInt64) {
    state = seed
  }

  private mutating func advance() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }

  /// 64 bits: the better upper halves of two steps, the first one on top.
  public mutating func next() -> UInt64 {
    let high = advance() & 0xffff_ffff_0000_0000
    return high | advance() >> 32
  }

  /// A number in [0, 1), one step.
  public mutating func uniform() -> Double {
    Double(advance() >> 11) * 0x1p-53
  }

  /// A number of mean 0 and variance 1 (Irwin-Hall), twelve steps.
  public mutating func normal() -> Double {
    var sum = 0.0
    for _ in 0..<12 {
      sum += uniform()
    }
    return sum - 6
  }
}
