// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Optimizers
import Testing

/// Rules that are wrong on purpose: the comparison must reject each.
@Suite("Wrong rules are rejected")
struct WrongRuleTests {
  /// A golden case and a specification that is wrong for it.
  static let wrongOptions = [
    ("sgd.valley", "sgd:lr=0.010000000001"),
    ("sgdMomentum.valley", "sgd:momentum=0.9,nesterov=true"),
    ("sgdNesterov.valley", "sgd:momentum=0.9"),
    ("sgdMomentumDampening.valley", "sgd:momentum=0.9"),
    ("sgdWeightDecay.flatDirection", "sgd:lr=0.01"),
    ("adagrad.valley", "adagrad:eps=1e-9"),
    ("adagradDecayInitial.valley", "adagrad:lr=0.1,lr-decay=0.1"),
    ("rmspropCentered.coupledQuadratic", "rmsprop:lr=0.01"),
    ("rmspropMomentum.valley", "rmsprop:momentum=0.90001"),
    ("adam.valley", "adam:eps=1.1e-8"),
    ("adamAMSGrad.valley", "adam:lr=0.1,beta1=0.8,beta2=0.9"),
    ("adamWeightDecay.valley", "adamw:lr=0.01,weight-decay=0.1"),
    ("adamWStrongDecay.valley", "adam:lr=0.01,weight-decay=0.1"),
    ("clipNormSGD.valley", "sgd:lr=0.1,clip-value=1"),
    ("clipValueSGD.valley", "sgd:lr=0.1,clip-norm=0.5"),
  ]

  @Test("wrong option", arguments: wrongOptions)
  func wrongOption(id: String, specification: String) throws {
    #expect(try isRejected(id, try optimizerCatalog().make(specification)))
  }

  @Test("first step of momentum dampened")
  func dampenedStart() throws {
    let stages: [any GradientTransform] = [DampenedFromTheStart(), ScaleByLearningRate()]
    #expect(
      try isRejected(
        "sgdMomentumDampening.valley",
        Optimizer(specification: "wrong", transforms: stages, learningRate: 0.01)))
  }

  @Test("Adam's correction counted from 0, or left out", arguments: [0, 1_000_000])
  func wrongCorrection(offset: Int) throws {
    let stages: [any GradientTransform] = [ShiftedAdam(offset: offset), ScaleByLearningRate()]
    #expect(
      try isRejected(
        "adamFast.valley", Optimizer(specification: "wrong", transforms: stages, learningRate: 0.1)))
  }

  @Test("the same stages without the fault are accepted")
  func control() throws {
    let stages: [any GradientTransform] = [ShiftedAdam(offset: 1), ScaleByLearningRate()]
    #expect(
      try !isRejected(
        "adamFast.valley", Optimizer(specification: "right", transforms: stages, learningRate: 0.1)))
  }

  @Test("a NaN, an infinity, a missing step, a missing component")
  func damagedTraces() throws {
    let traces = try GoldenTraces.load()
    let golden = try traces.golden("adam.valley")
    let start = try traces.start(golden.problem)
    #expect(firstDifference(golden.parameters, golden.parameters, start: start) == nil)
    for bad in [Double.nan, .infinity, golden.parameters[7][1] * (1 + 1e-13)] {
      var trace = golden.parameters
      trace[7][1] = bad
      #expect(
        firstDifference(trace, golden.parameters, start: start)?.hasPrefix("step 7, component 1") == true)
    }
    #expect(firstDifference(golden.parameters.dropLast(), golden.parameters, start: start) != nil)
    #expect(firstDifference(golden.parameters.map { [$0[0]] }, golden.parameters, start: start) != nil)
  }

  private func isRejected(_ id: String, _ optimizer: Optimizer) throws -> Bool {
    let traces = try GoldenTraces.load()
    let golden = try traces.golden(id)
    let start = try traces.start(golden.problem)
    let found = try parameterTrace(optimizer, start: start, gradients: golden.gradients)
    return firstDifference(found, golden.parameters, start: start) != nil
  }
}

/// Momentum that applies the dampening of 0.1 to the first gradient too.
private struct DampenedFromTheStart: GradientTransform {
  let summary = "wrong"

  func initialState(parameterCount: Int) -> TransformState {
    TransformState(zeroVectors: 1, parameterCount: parameterCount)
  }

  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    for i in update.indices {
      state.vectors[0][i] = 0.9 * state.vectors[0][i] + 0.9 * update[i]
      update[i] = state.vectors[0][i]
    }
  }
}

/// Adam with the exponent of the bias correction shifted; the right offset is 1.
private struct ShiftedAdam: GradientTransform {
  let summary = "shifted"
  let offset: Int

  func initialState(parameterCount: Int) -> TransformState {
    TransformState(zeroVectors: 2, parameterCount: parameterCount)
  }

  func transform(_ update: inout [Double], state: inout TransformState, context: StepContext) {
    let count = Double(context.step + offset)
    for i in update.indices {
      state.vectors[0][i] = 0.9 * state.vectors[0][i] + (1 - 0.9) * update[i]
      state.vectors[1][i] = 0.999 * state.vectors[1][i] + (1 - 0.999) * update[i] * update[i]
      let mean = state.vectors[0][i] / (1 - Double.pow(0.9, count))
      let square = state.vectors[1][i] / (1 - Double.pow(0.999, count))
      update[i] = mean / (square.squareRoot() + 1e-8)
    }
  }
}
