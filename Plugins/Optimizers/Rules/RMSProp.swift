// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// RMSProp, centred if wanted; momentum acts on the scaled gradient, as in PyTorch.
public enum RMSProp {
  /// `rmsprop` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "rmsprop", summary: "gradient over the root of its recent mean square",
      formula: "v ← αv + (1-α)g², θ ← θ - lr·g/(√v + ε)", learningRate: 0.01,
      options: [
        .number("alpha", default: 0.99, in: 0...1, "share of the mean square that remains, below 1"),
        .number("eps", default: 1e-8, in: 0 ... .infinity, "added to the root"),
        .flag("centered", default: false, "take the square of the mean off the mean square"),
        .number("momentum", default: 0, in: 0...1, "share of the velocity that remains"),
      ]
    ) { options in
      let momentum = try options.number("momentum")
      var stages: [any GradientTransform] = [
        try RMSPropScaling(
          alpha: try options.number("alpha"), epsilon: try options.number("eps"),
          centered: try options.flag("centered"))
      ]
      if momentum > 0 { stages.append(try Momentum(coefficient: momentum)) }
      return stages
    }
  }
}
