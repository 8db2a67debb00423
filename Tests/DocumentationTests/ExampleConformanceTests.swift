// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifferentiationTesting
import ExtensionExamples
import RealModule
import Testing

/// The examples of docs/extending.md keep the contracts, and the suites that say so reject the same examples spoilt.
struct ExampleConformanceTests {
  let registry = Registry().withExamples()

  // begin: suites
  @Test func examplesConform() throws {
    #expect(DifferentiatorSuite(try registry.differentiators.make("five-point")).failures() == [])
    #expect(OptimizerSuite(try registry.optimizers.make("lion")).failures() == [])
    #expect(ScheduleSuite(try registry.schedules.make("inverse-square-root")).failures() == [])
    #expect(LossSuite(try registry.losses.make("log-cosh")).failures() == [])
    #expect(ModelSuite(try registry.models.make("wave")).failures() == [])
    #expect(RegistrySuite(registry).failures() == [])
  }
  // end: suites

  @Test(arguments: [DifferentiatorFlaw.wrongSign, .onePercent, .swallowedError, .halvedCurvature, .noEvaluations])
  func spoiltDifferencesAreRejected(flaw: DifferentiatorFlaw) throws {
    let wrong = WrongDifferentiator(try registry.differentiators.make("five-point"), flaw)
    #expect(DifferentiatorSuite(wrong).violatedRules().contains(flaw.rule))
  }

  @Test func differencesThatPromiseTooMuchAreRejected() throws {
    #expect(DifferentiatorSuite(OptimisticDifferences()).violatedRules().contains(.jacobian))
  }

  @Test func anOptimizerThatClimbsIsRejected() {
    let wrong = Optimizer(specification: "climbing-lion", transforms: [ClimbingLion()], learningRate: 0.01)
    #expect(OptimizerSuite(wrong).violatedRules() == [.descent])
  }

  @Test func aScheduleThatForgetsTheBaseRateIsRejected() {
    #expect(ScheduleSuite(UnscaledSchedule()).violatedRules() == [.scaling])
  }

  @Test func aLossThatOverflowsIsRejected() {
    #expect(LossSuite(OverflowingLogCosh()).violatedRules() == [.finite])
  }

  @Test func aModelThatLosesTheDerivativeOfItsPhaseIsRejected() {
    #expect(ModelSuite(DetachedWave()).violatedRules().contains(.derivative))
  }

  @Test func anEntryWhoseOptionDoesNothingIsRejected() {
    var registry = Registry()
    registry.schedules.register(
      CatalogEntry(
        "inverse-square-root", summary: "base / √(1 + step / 100)",
        options: [.integer("period", default: 100, in: 1...1_000_000, "steps until the rate is base / √2")]
      ) { _ in try Registry().withExamples().schedules.make("inverse-square-root") })
    let rules = Set(RegistrySuite(registry).failures().map(\.rule))
    #expect(rules.contains(CatalogEntryRule.optionEffect.rawValue))
  }
}

/// The example with a millionth of its error estimate.
private struct OptimisticDifferences: DifferenceDifferentiator {
  let name = "optimistic"

  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .differences, accuracy: .truncated(order: 4), takesBlackBoxes: true, estimatesError: true,
      ruleFamily: "differences")
  }

  private func example() throws -> any DifferenceDifferentiator {
    let method = try Registry().withExamples().differentiators.make("five-point:step=0.05")
    return try #require(method as? any DifferenceDifferentiator)
  }

  private func shrunk(_ estimate: DerivativeEstimate) -> DerivativeEstimate {
    DerivativeEstimate(derivative: estimate.derivative, error: estimate.error.map { $0 * 1e-6 })
  }

  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    shrunk(try example().differentiate(f, at: x))
  }

  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    shrunk(try example().differentiateTwice(f, at: x))
  }

  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    shrunk(try example().differentiateTwice(f, at: x, y))
  }
}

/// The sign of the gradient with the wrong sign.
private struct ClimbingLion: GradientTransform {
  let summary = "climbing-lion"

  func initialState(parameterCount: Int) -> TransformState { TransformState() }

  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices { update[i] = context.learningRate * (update[i] > 0 ? -1 : update[i] < 0 ? 1 : 0) }
  }
}

/// 0.1 / √(1 + step / 100), whatever the base rate.
private struct UnscaledSchedule: Schedule {
  let specification = "unscaled"

  func learningRate(at step: Int, base: Double) -> Double { 0.1 / (1 + Double(step) / 100).squareRoot() }
}

/// log cosh d as it is read, which is ∞ from 711 on.
private struct OverflowingLogCosh: Loss {
  let specification = "overflowing-log-cosh"
  let targetEncoding = TargetEncoding.real
  let acceptedOutputs: Set<OutputKind> = [.real]

  func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws -> S {
    try validate(predictionCount: prediction.count, targetCount: target.count)
    return zip(prediction, target).reduce(0) { $0 + S.log(S.cosh($1.0 - $1.1)) }
  }
}

/// amplitude · sin(frequency · x + phase), the phase taken out of the scalar and put back as a constant.
private struct DetachedWave: Model {
  let specification = "detached-wave"
  let parameters = ParameterLayout(names: ["amplitude", "frequency", "phase"])
  let inputCount = 1
  let outputCount = 1
  let outputKind = OutputKind.real

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let p = Array(parameters)
    return input.map { p[0] * S.sin(p[1] * $0 + S(p[2].primal)) }
  }
}
