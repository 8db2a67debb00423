// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import RealModule

/// Arms of a spiral, one a class: at radius r in (0, 1] arm k of n has the angle 2π (k/n + turns · r).
///
/// The classes take turns, so that any first part of the samples is balanced; normal noise is added to both
/// coordinates.
public struct SpiralData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let count: Int
  private let classes: Int
  private let turns: Double
  private let noise: Double

  /// Points of the arms.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(count: Int = 300, classes: Int = 3, turns: Double = 0.75, noise: Double = 0.02) throws {
    specification = try Self.entry.options(with: [
      "count": .integer(count), "classes": .integer(classes), "turns": .number(turns),
      "noise": .number(noise),
    ]).writtenOut
    self.count = count
    self.classes = classes
    self.turns = turns
    self.noise = noise
  }

  /// The points for a seed, from the centre outward.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .noise)
    let rings = (count + classes - 1) / classes
    let points = (0..<count).map { index in
      let radius = Double(index / classes + 1) / Double(rings)
      let angle = 2 * Double.pi * (Double(index % classes) / Double(classes) + turns * radius)
      return [
        radius * Double.cos(angle) + noise * random.normal(),
        radius * Double.sin(angle) + noise * random.normal(),
      ]
    }
    return try DataSet(
      points: points, classes: (0..<count).map { $0 % classes }, classNames: (1...classes).map { "arm\($0)" })
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "spiral", summary: "arms of a spiral, one a class",
      options: [
        .count(default: 300), .integer("classes", default: 3, in: 2...1000, "number of arms"),
        .number("turns", default: 0.75, in: -100...100, "turns of an arm from the centre to radius 1"),
        .noise(default: 0.02, "standard deviation of each coordinate"),
      ]
    ) {
      try SpiralData(
        count: $0.integer("count"), classes: $0.integer("classes"), turns: $0.number("turns"),
        noise: $0.number("noise"))
    }
  }
}
