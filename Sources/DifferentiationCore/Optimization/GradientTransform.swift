// SPDX-License-Identifier: Apache-2.0

/// What a transform may look at.
public struct StepContext: Sendable {
  /// The number of the step, from 0.
  public let step: Int
  /// The learning rate of this step.
  public let learningRate: Double
  /// The parameters before the step.
  public let parameters: [Double]

  /// The context of a step.
  public init(step: Int, learningRate: Double, parameters: [Double]) {
    self.step = step
    self.learningRate = learningRate
    self.parameters = parameters
  }
}

/// One stage between the gradient and the update: clip, decay, momentum, adaptive scale, learning rate.
///
/// An optimizer is a chain of these. The gradient goes in, what is subtracted from the parameters comes out.
/// A transform is a value without memory of its own: what it remembers stands in the state, so that a copy of
/// the state is a copy of the training. A component that is not a number stays so: a stage that hid it (by
/// clipping, say) would let a diverged training go on.
public protocol GradientTransform: Sendable {
  /// The specification for display: `momentum(0.9)`.
  var summary: String { get }

  /// The state before the first step.
  ///
  /// The number of vectors and of scalars depends on the transform alone, never on the parameter count, and a
  /// step keeps both; each vector has one component per parameter. A stored state is checked against this.
  func initialState(parameterCount: Int) -> TransformState

  /// Changes `update` in place, keeping its length.
  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext)
}

extension GradientTransform {
  /// No memory.
  public func initialState(parameterCount: Int) -> TransformState { TransformState() }
}
