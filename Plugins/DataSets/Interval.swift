// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// A stretch of the x axis, the options `from` and `to` of a generator.
struct Interval: Sendable, Equatable {
  let lower: Double
  let upper: Double

  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   unless `from` is below `to`.
  init(from lower: Double, to upper: Double, entry: String) throws {
    guard lower < upper, (upper - lower).isFinite else {
      throw DifferentiationError.invalidOption(
        entry: entry, option: "to", value: OptionValue.number(upper).description,
        expected: "a number above from=\(OptionValue.number(lower))")
    }
    self.lower = lower
    self.upper = upper
  }

  /// Numbers at equal distances, both ends included; one number is the lower end.
  func evenlySpaced(_ count: Int) -> [Double] {
    (0..<count).map { lower + (upper - lower) * Double($0) / Double(max(count - 1, 1)) }
  }

  /// Numbers drawn uniformly, one draw each.
  func drawn(_ count: Int, random: inout some RandomSource) -> [Double] {
    random.uniforms(count, in: lower..<upper)
  }
}

extension OptionSpecification {
  /// The number of samples.
  static func count(default value: Int, minimum: Int = 1) -> OptionSpecification {
    .integer("count", default: value, in: minimum...10_000_000, "number of samples")
  }

  /// A standard deviation of normal noise.
  static func noise(_ name: String = "noise", default value: Double, _ summary: String) -> OptionSpecification {
    .number(name, default: value, in: 0...1e150, summary)
  }
}
