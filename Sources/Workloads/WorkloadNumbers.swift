// SPDX-License-Identifier: Apache-2.0

/// The numbers that all workloads are made of: one linear congruential generator, the same in every language.
struct WorkloadNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next number in [0, 1).
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  /// The sum of twelve uniform numbers less 6, added in order: the same bits everywhere.
  mutating func normal() -> Double {
    var sum = 0.0
    for _ in 0..<12 { sum += uniform() }
    return sum - 6
  }
}
