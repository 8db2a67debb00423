// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Two interleaving half circles, shuffled, with normal noise on both coordinates.
public struct MoonsData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let count: Int
  private let noise: Double

  /// The names of the classes, in order.
  static let classNames = ["upper", "lower"]

  /// Points of two moons.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(count: Int = 100, noise: Double = 0.1) throws {
    specification = try Self.entry.options(with: ["count": .integer(count), "noise": .number(noise)])
      .writtenOut
    self.count = count
    self.noise = noise
  }

  /// The points for a seed, half of them (rounded down) of the upper moon.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .data)
    let moons = try makeMoons(count: count, noise: noise, random: &random)
    return try DataSet(points: moons.points, classes: moons.labels, classNames: Self.classNames)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "moons", summary: "two interleaving half circles",
      options: [.count(default: 100), .noise(default: 0.1, "standard deviation of each coordinate")]
    ) { try MoonsData(count: $0.integer("count"), noise: $0.number("noise")) }
  }
}
