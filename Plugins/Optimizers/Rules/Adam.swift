// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Adam; its weight decay is added to the gradient.
public enum Adam {
  /// `adam` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "adam", summary: "recent mean of the gradient over the root of its mean square", formula: formula,
      learningRate: 0.001, options: options, rule: rule)
  }

  /// The update without weight decay.
  static let formula = "m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², θ ← θ - lr·m̂/(√v̂ + ε)"

  /// The options of Adam and AdamW.
  static var options: [OptionSpecification] {
    [
      .number("beta1", default: 0.9, in: 0...1, "share of the mean that remains, below 1"),
      .number("beta2", default: 0.999, in: 0...1, "share of the mean square that remains, below 1"),
      .number("eps", default: 1e-8, in: 0 ... .infinity, "added to the root"),
      .flag("amsgrad", default: false, "divide by the largest mean square so far"),
    ]
  }

  /// The stages of Adam and AdamW.
  @Sendable static func rule(_ options: Options) throws -> [any GradientTransform] {
    [
      try AdamScaling(
        beta1: try options.number("beta1"), beta2: try options.number("beta2"),
        epsilon: try options.number("eps"),
        amsgrad: try options.flag("amsgrad"))
    ]
  }
}
