// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Points drawn uniformly from the square [-1, 1)², class 1 where x1² + x2² ≤ radius².
///
/// A model that always says 0 is right for 1 - π radius²/4 of them: 80.4 % for radius ½.
public struct CircleData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let count: Int
  private let radius: Double

  /// Points of the square.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(count: Int = 5000, radius: Double = 0.5) throws {
    specification = try Self.entry.options(with: ["count": .integer(count), "radius": .number(radius)])
      .writtenOut
    self.count = count
    self.radius = radius
  }

  /// The points for a seed, x1 drawn before x2.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .data)
    let points = (0..<count).map { _ in random.uniforms(2, in: -1..<1) }
    let classes = points.map { $0[0] * $0[0] + $0[1] * $0[1] <= radius * radius ? 1 : 0 }
    return try DataSet(points: points, classes: classes, classNames: ["outside", "inside"])
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "circle", summary: "points inside and outside a circle",
      options: [.count(default: 5000), .number("radius", default: 0.5, in: 0...2, "radius of the circle")]
    ) { try CircleData(count: $0.integer("count"), radius: $0.number("radius")) }
  }
}
