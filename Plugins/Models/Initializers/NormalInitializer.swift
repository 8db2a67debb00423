// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Every parameter normal with mean 0, weights and biases alike.
public struct NormalInitializer: Initializer {
  /// The standard deviation.
  public let scale: Double
  /// The name with the scale.
  public let specification: String

  /// A normal initialiser.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a negative scale.
  public init(scale: Double = 1) throws {
    specification = try Self.entry.options(with: ["scale": .number(scale)]).writtenOut
    self.scale = scale
  }

  /// One draw a parameter.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    random.normals(group.count, standardDeviation: scale)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry(
      "normal", summary: "normal with mean 0, biases too",
      options: [.number("scale", default: 1, in: 0...1e150, "standard deviation")]
    ) { try NormalInitializer(scale: $0.number("scale")) }
  }
}
