// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Gradient descent with momentum (Polyak's heavy ball).
public enum MomentumDescent {
  /// `momentum` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "momentum", summary: "gradient descent with momentum", formula: "v ← μv + g, θ ← θ - lr·v",
      learningRate: 0.01,
      options: [.number("momentum", default: 0.9, in: 0...1, "share of the velocity that remains")]
    ) { options in
      [try Momentum(coefficient: try options.number("momentum"))]
    }
  }
}
