// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Every parameter uniform in [-bound, bound), weights and biases alike.
public struct UniformInitializer: Initializer {
  /// The bound.
  public let bound: Double
  /// The name with the bound.
  public let specification: String

  /// A uniform initialiser.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a negative bound.
  public init(bound: Double = 1) throws {
    specification = try Self.entry.options(with: ["bound": .number(bound)]).writtenOut
    self.bound = bound
  }

  /// One draw a parameter.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    random.uniforms(group.count, in: -bound..<bound)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry(
      "uniform", summary: "uniform in [-bound, bound), biases too",
      options: [.number("bound", default: 1, in: 0...1e150, "largest magnitude")]
    ) { try UniformInitializer(bound: $0.number("bound")) }
  }
}
