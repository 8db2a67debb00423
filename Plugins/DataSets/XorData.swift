// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// The corners of the unit square in turn, class 1 where the coordinates differ, with normal noise on both.
///
/// No line separates the classes. `xor:count=4,noise=0` is the table of exclusive or.
public struct XorData: DataGenerator {
  /// The specification that makes it again.
  public let specification: String
  private let count: Int
  private let noise: Double

  /// Points at the corners.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a value out of range.
  public init(count: Int = 200, noise: Double = 0.1) throws {
    specification = try Self.entry.options(with: ["count": .integer(count), "noise": .number(noise)])
      .writtenOut
    self.count = count
    self.noise = noise
  }

  /// The points for a seed: corners (0, 0), (0, 1), (1, 0), (1, 1), and again.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = streams.generator(for: .noise)
    let corners = (0..<count).map { [$0 / 2 % 2, $0 % 2] }
    let points = corners.map { $0.map { Double($0) + noise * random.normal() } }
    return try DataSet(
      points: points, classes: corners.map { $0[0] == $0[1] ? 0 : 1 }, classNames: ["equal", "different"])
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry(
      "xor", summary: "corners of a square, class by exclusive or",
      options: [.count(default: 200), .noise(default: 0.1, "standard deviation of each coordinate")]
    ) { try XorData(count: $0.integer("count"), noise: $0.number("noise")) }
  }
}
