// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Gradient descent with Nesterov's momentum.
public enum NesterovDescent {
  /// `nesterov` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "nesterov", summary: "gradient descent with Nesterov's momentum",
      formula: "v ← μv + g, θ ← θ - lr·(g + μv)", learningRate: 0.01,
      options: [.number("momentum", default: 0.9, in: 0...1, "share of the velocity that remains, above 0")]
    ) { options in
      [try Momentum(coefficient: try options.number("momentum"), nesterov: true)]
    }
  }
}
