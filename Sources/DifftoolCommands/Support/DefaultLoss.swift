// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// The loss where none is named: one rule for training and for checking.
enum DefaultLoss {
  /// For samples: mean squared for numbers, and for classes one that takes the model's outputs.
  static func specification(_ data: DataSet, model: String, in registry: Registry) throws -> String {
    guard case .classification(let names) = data.task else { return "mean-squared" }
    // The outputs do not matter for their kind, but a softmax over a single one is refused.
    let probe = try registry.models.make(model, suggestions: ["outputs": .integer(max(2, names.count))])
    switch probe.outputKind {
    case .probability: return "binary-cross-entropy"
    case .distribution: return "mean-squared"
    case .real: return names.count > 2 ? "softmax-cross-entropy" : "binary-cross-entropy-logits"
    }
  }

  /// For random samples, which are what the loss makes of them: one that takes the model's outputs.
  static func specification(_ model: AnyModel) -> String {
    model.outputKind == .probability ? "binary-cross-entropy" : "mean-squared"
  }
}
