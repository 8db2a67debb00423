// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Every parameter the same number, weights and biases alike; it draws nothing.
///
/// The units of a layer that start alike stay alike: a network needs random weights.
public struct ConstantInitializer: Initializer {
  /// The number.
  public let value: Double
  /// The name with the number.
  public let specification: String

  /// An initialiser with one number.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a number that is not finite.
  public init(value: Double = 0.5) throws {
    specification = try Self.entry.options(with: ["value": .number(value)]).writtenOut
    self.value = value
  }

  /// The number, once a parameter.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    Array(repeating: value, count: group.count)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry(
      "constant", summary: "every parameter the same number",
      options: [.number("value", default: 0.5, "the number")]
    ) { try ConstantInitializer(value: $0.number("value")) }
  }
}
