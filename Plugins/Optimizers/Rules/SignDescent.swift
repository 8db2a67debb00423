// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Sign descent: every parameter moves by the learning rate against the sign of its gradient.
public enum SignDescent {
  /// `sign-descent` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "sign-descent", summary: "a fixed nudge against the gradient's sign", formula: "θ ← θ - lr·sign(g)",
      learningRate: 0.05
    ) { _ in [SignOfGradient()] }
  }
}
