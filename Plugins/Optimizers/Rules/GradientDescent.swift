// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Gradient descent, stochastic when its gradients are of mini-batches: PyTorch's `SGD` with all its options.
public enum GradientDescent {
  /// `sgd` in the registry.
  public static var entry: CatalogEntry<Optimizer> {
    OptimizerChain.entry(
      "sgd", summary: "gradient descent, with momentum if wanted", formula: "θ ← θ - lr·g",
      learningRate: 0.01,
      options: [
        .number("momentum", default: 0, in: 0...1, "share of the velocity that remains"),
        .number("dampening", default: 0, in: 0...1, "share of the gradient kept from the velocity"),
        .flag("nesterov", default: false, "look ahead along the velocity"),
      ]
    ) { options in
      let momentum = try options.number("momentum")
      let dampening = try options.number("dampening")
      let nesterov = try options.flag("nesterov")
      guard momentum > 0 || dampening == 0 else {
        throw DifferentiationError.incompatible(
          "'sgd': dampening has no effect without momentum", wayOut: "give a momentum, or leave dampening out"
        )
      }
      guard momentum > 0 || nesterov else { return [] }
      return [try Momentum(coefficient: momentum, dampening: dampening, nesterov: nesterov)]
    }
  }
}
