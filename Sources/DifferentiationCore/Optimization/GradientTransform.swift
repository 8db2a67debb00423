// SPDX-License-Identifier: Apache-2.0

/// What a transform remembers between steps: vectors as long as the parameters, and numbers.
public struct TransformState: Sendable, Codable, Equatable {
  /// Momenta, second moments.
  public var vectors: [[Double]]
  /// Counters, running products.
  public var scalars: [Double]

  /// A state; empty for a transform without memory.
  public init(vectors: [[Double]] = [], scalars: [Double] = []) {
    self.vectors = vectors
    self.scalars = scalars
  }
}

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
public protocol GradientTransform: Sendable {
  /// The specification for display: `momentum(0.9)`.
  var summary: String { get }

  /// The state before the first step.
  func initialState(parameterCount: Int) -> TransformState

  /// Changes `update` in place.
  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext)
}

extension GradientTransform {
  /// No memory.
  public func initialState(parameterCount: Int) -> TransformState { TransformState() }
}
