// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The sign of a momentum, times the learning rate: every parameter moves by the same amount.
///
/// State: one vector m. Chen et al. 2023, doi:10.48550/arXiv.2302.06675.
public struct Lion: GradientTransform {
  /// The share of m in what gives the sign.
  public let beta1: Double

  /// The share of m that remains.
  public let beta2: Double

  /// For display.
  public var summary: String { "lion(\(beta1), \(beta2))" }

  /// m = 0. All memory is in the state; the transform itself has none.
  public func initialState(parameterCount: Int) -> TransformState {
    TransformState(vectors: [Array(repeating: 0, count: parameterCount)])
  }

  /// u = lr · sign(β₁ m + (1 - β₁) g), then m ← β₂ m + (1 - β₂) g. The step subtracts u.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices {
      let (g, m) = (update[i], state.vectors[0][i])
      let direction = beta1 * m + (1 - beta1) * g
      // 0 stays 0, and a component that is not a number stays one.
      update[i] = context.learningRate * (direction > 0 ? 1 : direction < 0 ? -1 : direction)
      state.vectors[0][i] = beta2 * m + (1 - beta2) * g
    }
  }

  /// The registry's entry: lion, lion:lr=0.01.
  public static var entry: CatalogEntry<Optimizer> {
    CatalogEntry(
      "lion", summary: "the sign of a momentum",
      options: [
        .number("lr", default: 1e-4, in: 0...1e6, "learning rate"),
        .number("beta1", default: 0.9, in: 0...1, "share of the momentum in the sign"),
        .number("beta2", default: 0.99, in: 0...1, "share of the momentum that remains"),
      ]
    ) { options in
      Optimizer(
        specification: options.specification,
        transforms: [Lion(beta1: try options.number("beta1"), beta2: try options.number("beta2"))],
        learningRate: try options.number("lr"))
    }
  }
}
