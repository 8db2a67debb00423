// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import RandomStreams
import Synchronization
import Testing
import Training

/// Fifty steps of a model by a method: the losses, and the parameters before each step.
private struct Course {
  var losses: [Double]
  var parameters: [[Double]]
}

@Suite("Every model by every method")
struct AllMethodsTrainTests {
  static let pairs: [(model: String, method: String)] = Problems.models.flatMap { model in
    Registry.standard.differentiators.names.map { (model, $0) }
  }

  private static let rate = 0.05

  /// Twelve samples, all in each step; a rate at which every model's loss falls.
  private static func trainer(_ name: String, _ method: any Differentiator) throws -> Trainer {
    let registry = Registry.standard
    let model = try registry.models.make(name)
    var random = NamedStreams(seed: 5).generator(for: .points)
    let inputs = (0..<12).map { _ in (0..<model.inputCount).map { _ in 2 * random.uniform() - 1 } }
    let targets = inputs.map { row in (0..<model.outputCount).map { 0.3 + 0.5 * row[0] - 0.1 * Double($0) } }
    let data = try DataSet(
      inputNames: (0..<model.inputCount).map { "x\($0)" }, targetNames: (0..<model.outputCount).map { "y\($0)" },
      inputs: inputs, targets: targets, task: .regression)
    let loss = try registry.losses.make("mean-squared")
    return try Trainer(
      model: model, loss: loss, penalties: [], differentiator: method,
      optimizer: registry.optimizers.make("sgd:lr=\(rate)"),
      configuration: TrainingConfiguration(epochs: 50, batch: nil, seed: 0),
      data: PreparedData(data, split: nil, scaling: .none, model: model, loss: loss))
  }

  private static func course(_ trainer: Trainer) throws -> Course {
    let start = try trainer.initialState(with: Registry.standard.initializers.make("uniform:bound=0.5"))
    let path = ParameterPath(start: start.parameters)
    let result = try trainer.run(from: start, hooks: TrainingHooks(observer: path))
    #expect(result.state.step == 50 && result.outcome == .completed)
    return Course(losses: result.history.map(\.trainingLoss), parameters: path.parameters.dropLast())
  }

  /// How far the method's own errors may move the losses, from the errors that it states.
  ///
  /// An error e of a step's gradient moves the parameters by rate · |e|, and the loss after it by up to |g| times that.
  /// Fifty steps add up; what they make of an earlier deviation is at most a factor: here the steps contract or grow by
  /// at most a few percent each, and `growth` is 1.03⁵⁰. An estimate is trusted to within a factor of two, as in the
  /// check's rule. A method that is exact errs by roundoff: a few hundred ulp of the gradient, 1e-13 of it. The kinks
  /// that differences reach across are in their estimates, so that no model needs a tolerance of its own.
  private static func allowed(_ method: any Differentiator, _ trainer: Trainer, _ course: Course) throws -> Double {
    let growth = 4.4
    let samples = trainer.data.training
    let objective = try Objective(
      model: trainer.model, loss: trainer.loss,
      inputs: (0..<samples.count).map { Array(samples.input($0)) },
      targets: (0..<samples.count).map { Array(samples.target($0)) })
    var steepest = 0.0
    var errors = 0.0
    for parameters in course.parameters {
      let result = try method.gradient(of: objective.target, at: parameters)
      let size = norm(result.gradient)
      steepest = max(steepest, size)
      errors += 2 * norm(result.errors?[0] ?? []) + 1e-13 * size
    }
    return growth * steepest * rate * errors
  }

  private static func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  private static func worst(_ a: Course, _ b: Course) -> Double {
    #expect(a.losses.count == 50 && b.losses.count == 50)
    return zip(a.losses, b.losses).map { ($0 - $1).magnitude }.max() ?? .nan
  }

  @Test("Fifty steps give the tape's losses", arguments: pairs)
  func sameLosses(model: String, method: String) throws {
    let registry = Registry.standard
    let differentiator = try registry.differentiators.make(method)
    let trainer = try Self.trainer(model, differentiator)
    let expected = try Self.course(Self.trainer(model, registry.differentiators.make("tape")))
    let found = try Self.course(trainer)
    let allowed = try Self.allowed(differentiator, trainer, expected)
    let worst = Self.worst(expected, found)
    #expect(worst <= allowed, "\(worst) against \(allowed)")
    // There was something to learn, and it was learnt.
    #expect(expected.losses[49] < 0.99 * expected.losses[0])
  }

  @Test("A gradient off by a percent does not, by the tolerance of any method", arguments: pairs)
  func wrong(model: String, method: String) throws {
    let registry = Registry.standard
    let differentiator = try registry.differentiators.make(method)
    let trainer = try Self.trainer(model, OnePercentOff(differentiator))
    let expected = try Self.course(Self.trainer(model, registry.differentiators.make("tape")))
    let worst = Self.worst(expected, try Self.course(trainer))
    let allowed = try Self.allowed(differentiator, trainer, expected)
    #expect(worst > allowed, "\(worst) against \(allowed)")
  }
}

/// The parameters before each step and after the last: an epoch is one step, because all samples are one batch.
private final class ParameterPath: TrainingObserver {
  private let storage: Mutex<[[Double]]>

  init(start: [Double]) { storage = Mutex([start]) }

  var parameters: [[Double]] { storage.withLock { $0 } }

  func epochEnded(_ record: EpochRecord, state: TrainingState) { storage.withLock { $0.append(state.parameters) } }
}

/// A method whose gradients are one percent too long.
private struct OnePercentOff: Differentiator {
  let base: any Differentiator
  init(_ base: any Differentiator) { self.base = base }

  var name: String { "off" }
  var traits: DifferentiatorTraits { base.traits }

  private func off(_ result: DerivativeResult) -> DerivativeResult {
    var result = result
    result.rows = result.rows.map { $0.map { 1.01 * $0 } }
    return result
  }

  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    off(try base.jacobian(of: f, at: x))
  }
  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    off(try base.directionalDerivative(of: f, at: x, along: v))
  }
  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
    off(try base.vectorJacobianProduct(of: f, at: x, cotangent: c))
  }
  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult { off(try base.hessian(of: f, at: x)) }
  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    off(try base.hessianVectorProduct(of: f, at: x, along: v))
  }
}
