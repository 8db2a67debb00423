// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Every parameter 0; it draws nothing.
///
/// For models that are linear in their parameters. A network with hidden layers gets no gradient from it.
public struct ZeroInitializer: Initializer {
  /// `zeros`.
  public var specification: String { Self.entry.name }

  /// Creates the initialiser.
  public init() {}

  /// Zeros.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    Array(repeating: 0, count: group.count)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry("zeros", summary: "every parameter 0") { _ in ZeroInitializer() }
  }
}
