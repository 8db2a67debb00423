// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Momentum in PyTorch's convention: v ← μv + (1 - d)g, and v replaces the gradient; Nesterov: g + μv does.
///
/// The first step sets v = g, without dampening. The learning rate comes after, so that changing it rescales
/// the whole momentum at once. With μ = 1 and d = 0, v is the sum of all gradients so far: what happens when
/// a program forgets to zero them.
///
/// State: one vector, v. Polyak, doi:10.1016/0041-5553(64)90137-5; the form of Nesterov's is that of
/// Sutskever, Martens, Dahl and Hinton (ICML 2013).
public struct Momentum: GradientTransform {
  /// The share μ of v that remains, from 0 to 1.
  public let coefficient: Double
  /// The share d of the gradient that is held back, from 0 to 1.
  public let dampening: Double
  /// Whether the gradient is looked up ahead.
  public let nesterov: Bool

  /// Momentum.
  ///
  /// - Throws: `DifferentiationError.invalidOption` for values outside their range, and `.incompatible` for
  ///   Nesterov's form without momentum or with dampening, which have no meaning (PyTorch refuses them too).
  public init(coefficient: Double, dampening: Double = 0, nesterov: Bool = false) throws {
    try DifferentiationError.require(
      (0...1).contains(coefficient), "momentum", "momentum", coefficient, "a number from 0 to 1")
    try DifferentiationError.require(
      (0...1).contains(dampening), "momentum", "dampening", dampening, "a number from 0 to 1")
    guard !nesterov || (coefficient > 0 && dampening == 0) else {
      throw DifferentiationError.incompatible(
        "Nesterov's momentum needs a momentum above 0 and no dampening",
        wayOut: "write momentum=0.9,nesterov=true, or leave nesterov out")
    }
    self.coefficient = coefficient
    self.dampening = dampening
    self.nesterov = nesterov
  }

  /// For display.
  public var summary: String { nesterov ? "nesterov(\(coefficient))" : "momentum(\(coefficient))" }

  /// v before the first step.
  public func initialState(parameterCount: Int) -> TransformState {
    TransformState(zeroVectors: 1, parameterCount: parameterCount)
  }

  /// Replaces the gradient by the momentum.
  public func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    if context.step == 0 {
      state.vectors[0] = update
    } else {
      accumulate(&state.vectors[0], update)
    }
    let velocity = state.vectors[0]
    if nesterov {
      for i in update.indices { update[i] += coefficient * velocity[i] }
    } else {
      for i in update.indices { update[i] = velocity[i] }
    }
  }

  private func accumulate(_ velocity: inout [Double], _ gradient: [Double]) {
    let share = 1 - dampening
    for i in velocity.indices { velocity[i] = coefficient * velocity[i] + share * gradient[i] }
  }
}
