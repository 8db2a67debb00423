// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import RealModule

/// Weights and biases uniform in ±1/√fanIn: what PyTorch does to a linear layer when nothing is said.
///
/// PyTorch writes it as Kaiming's uniform rule with a = √5, whose bound √(6 / ((1 + a²) fanIn)) is 1/√fanIn.
public struct TorchLinearInitializer: Initializer {
  /// `torch-linear`.
  public var specification: String { Self.entry.name }

  /// Creates the initialiser.
  public init() {}

  /// One draw a parameter.
  public func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    let bound = 1 / Double.sqrt(Double(max(group.fanIn, 1)))
    return random.uniforms(group.count, in: -bound..<bound)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<any Initializer> {
    CatalogEntry("torch-linear", summary: "uniform in ±1/√fanIn, biases too (PyTorch's default)") { _ in
      TorchLinearInitializer()
    }
  }
}
