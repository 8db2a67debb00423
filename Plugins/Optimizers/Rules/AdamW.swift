// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Adam with decoupled weight decay.
public enum AdamW {
  /// `adamw` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "adamw", summary: "adam with weight decay beside it", formula: Adam.formula + " - lr·λ·θ",
      learningRate: 0.001,
      decay: .decoupled, weightDecay: 0.01, options: Adam.options, rule: Adam.rule)
  }
}
