// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Points of a line with noise: y = slope x + intercept + noise · N(0, 1).
///
/// The x are evenly spaced, or drawn uniformly from the stream of data; the noise has its own stream, so that it shifts
/// no x.
public struct LineData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let slope: Double
  private let intercept: Double
  private let count: Int
  private let noise: Double
  private let interval: Interval
  private let isDrawn: Bool

  /// Points of a line.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(
    slope: Double = 3, intercept: Double = 2, count: Int = 100, noise: Double = 0.1, from: Double = -1,
    to: Double = 1, isDrawn: Bool = false
  ) throws {
    let options = try Self.entry.options(with: [
      "slope": .number(slope), "intercept": .number(intercept), "count": .integer(count),
      "noise": .number(noise),
      "from": .number(from), "to": .number(to), "spacing": .word(isDrawn ? "random" : "even"),
    ])
    specification = options.writtenOut
    self.slope = slope
    self.intercept = intercept
    self.count = count
    self.noise = noise
    interval = try Interval(from: from, to: to, entry: options.entry)
    self.isDrawn = isDrawn
  }

  /// The points for a seed.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var data = streams.generator(for: .data)
    var errors = streams.generator(for: .noise)
    let x = isDrawn ? interval.drawn(count, random: &data) : interval.evenlySpaced(count)
    let y = x.map { slope * $0 + intercept + noise * errors.normal() }
    return try DataSet(x: x, y: y)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "line", summary: "noisy straight line",
      options: [
        .number("slope", default: 3, "slope"), .number("intercept", default: 2, "value at x = 0"),
        .count(default: 100), .noise(default: 0.1, "standard deviation of y"),
        .number("from", default: -1, "smallest x"), .number("to", default: 1, "largest x"),
        .choice("spacing", default: "even", ["even", "random"], "how the x are laid out"),
      ]
    ) {
      try LineData(
        slope: $0.number("slope"), intercept: $0.number("intercept"), count: $0.integer("count"),
        noise: $0.number("noise"), from: $0.number("from"), to: $0.number("to"),
        isDrawn: $0.word("spacing") == "random")
    }
  }
}
