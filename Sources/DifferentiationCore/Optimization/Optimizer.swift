// SPDX-License-Identifier: Apache-2.0

/// A chain of gradient transforms with a base learning rate and a schedule.
///
/// A step is θ ← θ - u, where u is the gradient after the last transform. The chain itself contains the
/// transform that multiplies with the learning rate, so that a decoupled weight decay can stand where it
/// belongs.
///
/// The optimizer never changes while training; the state does, and is a value.
public struct Optimizer: Sendable {
  /// The specification that makes it again: `sgd:lr=0.1,momentum=0.9`.
  public var specification: String
  /// The stages, in order.
  public var transforms: [any GradientTransform] {
    didSet { memories = transforms.map(Memory.init) }
  }
  /// The learning rate before the schedule.
  public var learningRate: Double
  /// The schedule.
  public var schedule: any Schedule
  /// How much each stage remembers, to compare a state with.
  private var memories: [Memory]

  /// An optimizer of transforms in order.
  public init(
    specification: String, transforms: [any GradientTransform], learningRate: Double,
    schedule: any Schedule = ConstantSchedule()
  ) {
    self.specification = specification
    self.transforms = transforms
    self.learningRate = learningRate
    self.schedule = schedule
    memories = transforms.map(Memory.init)
  }

  /// The state before the first step.
  public func initialState(parameterCount: Int) -> OptimizerState {
    OptimizerState(step: 0, transforms: transforms.map { $0.initialState(parameterCount: parameterCount) })
  }

  /// The learning rate of a step.
  public func learningRate(at step: Int) -> Double { schedule.learningRate(at: step, base: learningRate) }

  /// One step: parameters and state change in place.
  ///
  /// - Throws: `DifferentiationError` if the gradient or the state is not of these parameters and this
  ///   optimizer; nothing has changed then. Components that are not finite are no error here: they reach the
  ///   parameters.
  /// - Complexity: O(parameters × transforms), one allocation.
  public func step(_ parameters: inout [Double], gradient: [Double], state: inout OptimizerState) throws {
    var update = gradient
    try step(&parameters, turning: &update, state: &state)
  }

  /// One step without memory of its own: the gradient becomes the update.
  ///
  /// - Throws: as ``step(_:gradient:state:)``.
  /// - Complexity: O(parameters × transforms).
  public func step(
    _ parameters: inout [Double], turning gradient: inout [Double], state: inout OptimizerState
  ) throws {
    guard gradient.count == parameters.count else {
      throw DifferentiationError.shape(
        what: "the gradient in a step of \(specification)", expected: "\(parameters.count) components",
        found: "\(gradient.count)")
    }
    try check(state, parameterCount: parameters.count)
    transform(
      &gradient, &state,
      StepContext(step: state.step, learningRate: learningRate(at: state.step), parameters: parameters)
    )
    for i in parameters.indices { parameters[i] -= gradient[i] }
    state.step += 1
  }

  /// A function of its own, so that the context's hold on the parameters ends with it.
  @inline(never)
  private func transform(_ update: inout [Double], _ state: inout OptimizerState, _ context: consuming StepContext) {
    for index in transforms.indices {
      transforms[index].transform(&update, state: &state.transforms[index], context: context)
    }
  }

  /// Whether a state, perhaps read from a file, is one of this optimizer with this many parameters.
  ///
  /// - Throws: `DifferentiationError.shape` naming the stage that does not fit.
  /// - Complexity: O(transforms).
  public func check(_ state: OptimizerState, parameterCount: Int) throws {
    guard state.step >= 0, state.step < Int.max else {
      throw DifferentiationError.shape(
        what: "the optimizer state's count of steps", expected: "0 or more", found: "\(state.step)")
    }
    guard state.transforms.count == transforms.count else {
      throw DifferentiationError.shape(
        what: "the state of \(specification)", expected: "\(transforms.count) stages",
        found: "\(state.transforms.count); is it the state of another optimizer?")
    }
    for (index, memory) in memories.enumerated() {
      let found = state.transforms[index]
      guard found.vectors.count == memory.vectors, found.scalars.count == memory.scalars,
        found.vectors.allSatisfy({ $0.count == parameterCount })
      else {
        throw DifferentiationError.shape(
          what: "the state of stage \(index + 1), \(transforms[index].summary), of \(specification)",
          expected: "\(memory.vectors) vectors of \(parameterCount) and \(memory.scalars) numbers",
          found: "vectors of \(found.vectors.map(\.count)) and \(found.scalars.count) numbers")
      }
    }
  }

  /// The number of vectors and scalars that a transform remembers.
  private struct Memory: Sendable {
    let vectors: Int
    let scalars: Int

    init(_ transform: any GradientTransform) {
      let state = transform.initialState(parameterCount: 0)
      vectors = state.vectors.count
      scalars = state.scalars.count
    }
  }
}
