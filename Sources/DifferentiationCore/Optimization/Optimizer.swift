// SPDX-License-Identifier: Apache-2.0

/// The state of an optimizer: a value, to copy, store and resume from.
public struct OptimizerState: Sendable, Codable, Equatable {
  /// The number of steps taken.
  public var step: Int
  /// The state of each transform.
  public var transforms: [TransformState]
}

/// A chain of gradient transforms with a base learning rate and a schedule.
///
/// A step is θ ← θ - u, where u is the gradient after the last transform. The chain itself contains the transform
/// that multiplies with the learning rate, so that a decoupled weight decay can stand where it belongs.
public struct Optimizer: Sendable {
  /// The specification that makes it again: `sgd:lr=0.1,momentum=0.9`.
  public var specification: String
  /// The stages, in order.
  public var transforms: [any GradientTransform]
  /// The learning rate before the schedule.
  public var learningRate: Double
  /// The schedule.
  public var schedule: any Schedule

  /// An optimizer of transforms in order.
  public init(
    specification: String, transforms: [any GradientTransform], learningRate: Double, schedule: any Schedule
  ) {
    self.specification = specification
    self.transforms = transforms
    self.learningRate = learningRate
    self.schedule = schedule
  }

  /// The state before the first step.
  public func initialState(parameterCount: Int) -> OptimizerState {
    OptimizerState(step: 0, transforms: transforms.map { $0.initialState(parameterCount: parameterCount) })
  }

  /// The learning rate of a step.
  public func learningRate(at step: Int) -> Double { schedule.learningRate(at: step, base: learningRate) }

  /// One step: parameters and state change in place.
  public func step(_ parameters: inout [Double], gradient: [Double], state: inout OptimizerState) throws {
    guard gradient.count == parameters.count, state.transforms.count == transforms.count else {
      throw DifferentiationError.shape(
        what: "an optimizer's step", expected: "\(parameters.count) gradient components and \(transforms.count) states",
        found: "\(gradient.count) and \(state.transforms.count)")
    }
    var update = gradient
    let context = StepContext(
      step: state.step, learningRate: learningRate(at: state.step), parameters: parameters)
    for index in transforms.indices {
      transforms[index].transform(&update, state: &state.transforms[index], context: context)
    }
    for i in parameters.indices { parameters[i] -= update[i] }
    state.step += 1
  }
}
