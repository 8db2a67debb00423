// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// The six points y = 3x at x = 1, …, 6 of the document on y = 3x, a line and a parabola.
///
/// The same samples for every seed of the caller's.
public struct Document004Proportion: DataGenerator {
  /// `document-004-y3x`.
  public var specification: String { Self.entry.name }

  /// Creates the generator.
  public init() {}

  /// The samples.
  public func generate(streams: NamedStreams) throws -> DataSet {
    let x: [Double] = [1, 2, 3, 4, 5, 6]
    return try DataSet(x: x, y: x.map { 3 * $0 })
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry("document-004-y3x", summary: "y = 3x at x = 1, …, 6") { _ in Document004Proportion() }
  }
}
