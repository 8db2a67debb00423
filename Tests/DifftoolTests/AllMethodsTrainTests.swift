// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import RandomStreams
import Testing
import Training

/// What a method's own error may do to the losses of fifty steps, by what it says of itself.
///
/// Exact methods differ by roundoff: a few hundred ulp a gradient (1e-13), carried on by 50 steps that here contract or
/// grow by at most a few percent each, so by a factor under 50: 1e-11. Differences err by their truncation and
/// cancellation, which the estimate bounds, 1e-9 of the gradient for smooth functions and the step of its search (1/512)
/// times a jump of the slope where a kink is nearer than that step.
struct LossTolerance {
  /// Relative to the first loss.
  let smooth: Double
  /// The same for models with kinks.
  let kinked: Double

  init(_ traits: DifferentiatorTraits) {
    switch traits.accuracy {
    case .exact: (smooth, kinked) = (1e-11, 1e-11)
    case .truncated: (smooth, kinked) = (1e-7, 2e-3)
    }
  }
}

@Suite("Every model by every method")
struct AllMethodsTrainTests {
  static let pairs: [(model: String, method: String)] = Problems.models.flatMap { model in
    Registry.standard.differentiators.names.map { (model, $0) }
  }

  /// Twelve samples, all in each step; a rate at which every model's loss falls.
  static func losses(_ name: String, _ method: String, wrong: Bool = false) throws -> [Double] {
    let registry = Registry.standard
    let model = try registry.models.make(name)
    var random = NamedStreams(seed: 5).generator(for: .points)
    let inputs = (0..<12).map { _ in (0..<model.inputCount).map { _ in 2 * random.uniform() - 1 } }
    let targets = inputs.map { row in (0..<model.outputCount).map { 0.3 + 0.5 * row[0] - 0.1 * Double($0) } }
    let data = try DataSet(
      inputNames: (0..<model.inputCount).map { "x\($0)" }, targetNames: (0..<model.outputCount).map { "y\($0)" },
      inputs: inputs, targets: targets, task: .regression)
    let loss = try registry.losses.make("mean-squared")
    let split = try data.split(SplitFractions(), order: .shuffled(seed: 0))
    var differentiator = try registry.differentiators.make(method)
    if wrong { differentiator = OnePercentOff(differentiator) }
    let trainer = try Trainer(
      model: model, loss: loss, penalties: [], differentiator: differentiator,
      optimizer: registry.optimizers.make("sgd:lr=0.05"),
      configuration: TrainingConfiguration(epochs: 50, batch: nil, seed: 0),
      data: PreparedData(data, split: split, scaling: .none, model: model, loss: loss))
    let result = try trainer.run(from: trainer.initialState(with: registry.initializers.make("uniform:bound=0.5")))
    #expect(result.state.step == 50)
    return result.history.map(\.trainingLoss)
  }

  private static func hasKinks(_ model: String) -> Bool {
    guard let model = try? Registry.standard.models.make(model).specification else { return true }
    return model.contains("relu")
  }

  @Test("Fifty steps give the tape's losses", arguments: pairs)
  func sameLosses(model: String, method: String) throws {
    let expected = try Self.losses(model, "tape")
    let found = try Self.losses(model, method)
    let traits = try Registry.standard.differentiators.make(method).traits
    let tolerance = LossTolerance(traits)
    let allowed = (Self.hasKinks(model) ? tolerance.kinked : tolerance.smooth) * expected[0]
    #expect(expected.count == 50 && found.count == 50)
    let worst = zip(expected, found).map { ($0 - $1).magnitude }.max() ?? .nan
    #expect(worst <= allowed, "\(worst / expected[0])")
    // There was something to learn, and it was learnt.
    #expect(expected[49] < 0.99 * expected[0])
  }

  @Test("A gradient off by a percent does not", arguments: Problems.models)
  func wrong(model: String) throws {
    let expected = try Self.losses(model, "tape")
    let found = try Self.losses(model, "tape", wrong: true)
    let worst = zip(expected, found).map { ($0 - $1).magnitude }.max() ?? .nan
    #expect(worst > 1e-4 * expected[0], "\(worst / expected[0])")
  }
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
