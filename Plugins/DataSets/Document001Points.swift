// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// The four points of the micrograd walkthrough: (2, 3) and (1, 1) against (3, -1) and (½, 1).
///
/// The same samples for every seed of the caller's.
public struct Document001Points: DataGenerator {
  /// `document-001-points`.
  public var specification: String { Self.entry.name }

  /// Creates the generator.
  public init() {}

  /// The samples.
  public func generate(streams: NamedStreams) throws -> DataSet {
    try DataSet(
      points: [[2, 3], [3, -1], [0.5, 1], [1, 1]], classes: [1, 0, 0, 1], classNames: ["negative", "positive"])
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry("document-001-points", summary: "the micrograd walkthrough's four points") { _ in
      Document001Points()
    }
  }
}
