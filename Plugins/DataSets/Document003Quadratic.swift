// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import RealModule

/// The twenty points of the fastai document: y = f(x)(1 + N(0, 0.4)) + N(0, 1.5), f = 3x² + 4x + 5, NumPy seed 42.
///
/// The x are in single precision, as `torch.linspace` gives them, and so is f(x); the noise is in double precision. The
/// same samples for every seed of the caller's.
public struct Document003Quadratic: DataGenerator {
  /// `document-003-quadratic`.
  public var specification: String { Self.entry.name }

  /// Creates the generator.
  public init() {}

  /// The samples.
  public func generate(streams: NamedStreams) throws -> DataSet {
    let count = 20
    // PyTorch walks from both ends to the middle, in fused multiply-adds.
    let step: Float = 4 / Float(count - 1)
    let x = (0..<count).map { index -> Float in
      index < count / 2
        ? Float(-2).addingProduct(step, Float(index))
        : Float(2).addingProduct(-step, Float(count - 1 - index))
    }
    var random = NumPyRandom(seed: 42)
    let factors = random.normals(count, standardDeviation: 0.4)
    let terms = random.normals(count, standardDeviation: 1.5)
    let y = x.indices.map { Double(3 * (x[$0] * x[$0]) + 4 * x[$0] + 5) * (1 + factors[$0]) + terms[$0] }
    return try DataSet(x: x.map(Double.init), y: y)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any DataGenerator> {
    CatalogEntry("document-003-quadratic", summary: "the fastai document's noisy quadratic (NumPy seed 42)") {
      _ in
      Document003Quadratic()
    }
  }
}
