// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifferentiationTesting

/// Momentum with the learning rate, with a flaw.
struct WrongTransform: GradientTransform {
  enum Flaw: String, CaseIterable {
    case none, wrongSign, drifts, forgetsRate, squares, keepsState, losesState

    var rule: OptimizerRule? {
      switch self {
      case .none: nil
      case .wrongSign: .descent
      case .drifts: .zeroGradient
      case .forgetsRate: .zeroRate
      case .squares: .hugeGradient
      case .keepsState: .stateIsValue
      case .losesState: .json
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var summary: String { "wrong-\(flaw.rawValue)" }

  func initialState(parameterCount: Int) -> TransformState {
    TransformState(vectors: [Array(repeating: 0, count: parameterCount)], scalars: [0])
  }

  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    let rate = flaw == .forgetsRate ? 0.1 : context.learningRate
    for i in update.indices {
      let velocity = 0.5 * state.vectors[0][i] + update[i]
      state.vectors[0][i] = velocity
      switch flaw {
      case .wrongSign: update[i] = -rate * velocity
      case .drifts: update[i] = rate * (velocity + (update[i] == 0 ? 0x1p-10 : 0))
      case .squares: update[i] = rate * velocity / (1 + velocity * velocity) * (1 + velocity * velocity)
      case .keepsState: update[i] = rate * velocity * (1 + 0x1p-20 * Double(calls.next() % 5))
      default: update[i] = rate * velocity
      }
    }
    // JSON has no infinity: such a state cannot be stored.
    if flaw == .losesState { state.scalars[0] = .infinity }
  }

  /// The optimizer of this transform alone.
  var optimizer: Optimizer { Optimizer(specification: summary, transforms: [self], learningRate: 0.1) }
}
