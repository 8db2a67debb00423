// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What the optimizers have in common: the options `lr`, `weight-decay`, `clip-value`, `clip-norm`, and the
/// order.
///
/// clip each component → clip the length → coupled weight decay → the rule → learning rate → decoupled weight
/// decay. Clipping sees the gradient of the loss alone, as in PyTorch, where it happens before the
/// optimizer's step.
enum OptimizerChain {
  /// Where an optimizer's weight decay acts.
  enum Decay {
    /// On the gradient, before the rule.
    case coupled
    /// On the parameters, beside the rule.
    case decoupled
  }

  /// The entry of a rule.
  ///
  /// - Parameters:
  ///   - options: The rule's own options.
  ///   - formula: The update, for tables.
  ///   - rule: The stages between weight decay and learning rate.
  static func entry(
    _ name: String, summary: String, formula: String, learningRate: Double, decay: Decay = .coupled,
    weightDecay: Double = 0, options: [OptionSpecification] = [],
    rule: @escaping @Sendable (Options) throws -> [any GradientTransform]
  ) -> CatalogEntry<Optimizer> {
    let rate = OptionSpecification.number(
      "lr", default: learningRate, in: 0 ... .infinity, "learning rate before the schedule")
    let common: [OptionSpecification] = [
      .number(
        "weight-decay", default: weightDecay, in: 0 ... .infinity,
        decay == .coupled
          ? "times the parameters is added to the gradient" : "lr times this is taken off per step"),
      .number("clip-value", default: nil, in: 0 ... .infinity, "largest magnitude of a gradient component"),
      .number("clip-norm", default: nil, in: 0 ... .infinity, "greatest length of the gradient"),
    ]
    return CatalogEntry(
      name, summary: summary, options: [rate] + options + common,
      facts: ["update": formula, "weight decay": decay == .coupled ? "coupled" : "decoupled"]
    ) { options in
      var stages: [any GradientTransform] = []
      if case .number(let limit) = options["clip-value"] { stages.append(try ClipByValue(limit: limit)) }
      if case .number(let limit) = options["clip-norm"] { stages.append(try ClipByNorm(limit: limit)) }
      let lambda = try options.number("weight-decay")
      if lambda != 0, decay == .coupled { stages.append(try WeightDecay(rate: lambda)) }
      stages += try rule(options)
      stages.append(ScaleByLearningRate())
      if lambda != 0, decay == .decoupled { stages.append(try DecoupledWeightDecay(rate: lambda)) }
      return Optimizer(
        specification: options.specification, transforms: stages, learningRate: try options.number("lr"))
    }
  }
}
