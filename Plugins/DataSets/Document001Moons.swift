// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// The hundred moons of the micrograd walkthrough: `make_moons(100, noise=0.1)` after `np.random.seed(1337)`.
///
/// The same samples for every seed of the caller's.
public struct Document001Moons: DataGenerator {
  /// `document-001-moons`.
  public var specification: String { Self.entry.name }

  /// Creates the generator.
  public init() {}

  /// The samples.
  public func generate(streams: NamedStreams) throws -> DataSet {
    var random = NumPyRandom(seed: 1337)
    let moons = try makeMoons(count: 100, noise: 0.1, random: &random)
    return try DataSet(points: moons.points, classes: moons.labels, classNames: MoonsData.classNames)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry("document-001-moons", summary: "the micrograd walkthrough's moons (NumPy seed 1337)") { _ in
      Document001Moons()
    }
  }
}
