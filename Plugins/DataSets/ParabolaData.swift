// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Points of y = x², without noise -5, -4, …, 5; with noise on y, or on the argument before it is squared.
///
/// Noise on the argument, (x + N)², grows with |x| and is not centred: the mean of y is x² + σ².
public struct ParabolaData: DataGenerator {
  /// Where the noise goes; the raw value is the word of the option.
  public enum NoisePlace: String, Sendable, CaseIterable {
    /// y = x² + N.
    case value
    /// y = (x + N)².
    case argument
  }

  /// The specification that makes it again.
  public let specification: String
  private let count: Int
  private let noise: Double
  private let place: NoisePlace
  private let interval: Interval

  /// Points of the parabola.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(
    count: Int = 11, noise: Double = 0, on place: NoisePlace = .value, from: Double = -5, to: Double = 5
  ) throws {
    let options = try Self.entry.options(with: [
      "count": .integer(count), "noise": .number(noise), "noise-on": .word(place.rawValue),
      "from": .number(from),
      "to": .number(to),
    ])
    specification = options.writtenOut
    self.count = count
    self.noise = noise
    self.place = place
    interval = try Interval(from: from, to: to, entry: options.entry)
  }

  /// The points for a seed.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .noise)
    let x = interval.evenlySpaced(count)
    let y = x.map { x in
      let error = noise * random.normal()
      return place == .argument ? (x + error) * (x + error) : x * x + error
    }
    return try DataSet(x: x, y: y)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "parabola", summary: "y = x² at -5, -4, …, 5",
      options: [
        .count(default: 11), .noise(default: 0, "standard deviation of the noise"),
        .choice(
          "noise-on", default: "value", NoisePlace.allCases.map(\.rawValue),
          "noise added to y or to x before squaring"),
        .number("from", default: -5, "smallest x"), .number("to", default: 5, "largest x"),
      ]
    ) {
      try ParabolaData(
        count: $0.integer("count"), noise: $0.number("noise"),
        on: NoisePlace(rawValue: $0.word("noise-on")) ?? .value, from: $0.number("from"), to: $0.number("to"))
    }
  }
}
