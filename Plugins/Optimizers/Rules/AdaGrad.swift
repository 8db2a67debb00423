// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// AdaGrad: each parameter has its own rate, which falls with the gradients that it has seen.
public enum AdaGrad {
  /// `adagrad` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "adagrad", summary: "rates that fall with the gradients seen",
      formula: "s ← s + g², θ ← θ - lr·g/(√s + ε)",
      learningRate: 0.01,
      options: [
        .number("lr-decay", default: 0, in: 0 ... .infinity, "the rate is divided by 1 + step × this"),
        .number("eps", default: 1e-10, in: 0 ... .infinity, "added to the root"),
        .number("initial-accumulator", default: 0, in: 0 ... .infinity, "the sum of squares at the start"),
      ]
    ) { options in
      [
        try AdaGradScaling(
          epsilon: try options.number("eps"), initialAccumulator: try options.number("initial-accumulator"),
          learningRateDecay: try options.number("lr-decay"))
      ]
    }
  }
}
