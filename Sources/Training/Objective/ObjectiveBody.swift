// SPDX-License-Identifier: Apache-2.0
//
// The loss of a batch is put together from an erased model and an erased loss, and not as a generic
// `Risk<Model, Loss>`: an existential of a generic wrapper is not specialised. Each part brings calls
// compiled for its own types; they are looked up once a batch, and the samples are lifted to constants of the
// scalar once a batch.

import DifferentiationCore

/// Model, loss and penalties: everything of an objective but its samples.
struct ObjectiveBody: Sendable {
  let model: AnyModel
  let loss: AnyLoss
  let penalties: [AnyPenalty]
  let reduction: Reduction
  let parameterCount: Int
  private let inputCount: Int
  private let outputCount: Int
  private let isWeight: [Bool]
  /// The loss of one sample as a function of parameters and a row of inputs and targets; erased once.
  let term: AnySampleTerm
  /// The penalties as one function; erased once.
  let remainder: AnyScalarField?

  init(model: AnyModel, loss: AnyLoss, penalties: [AnyPenalty], reduction: Reduction) {
    self.model = model
    self.loss = loss
    self.penalties = penalties
    self.reduction = reduction
    let layout = model.parameters
    parameterCount = layout.count
    inputCount = model.inputCount
    outputCount = model.outputCount
    isWeight = penalties.isEmpty ? [] : layout.isWeight
    term = SampleLoss(model: model, loss: loss, inputCount: inputCount, outputCount: outputCount).erased
    remainder = penalties.isEmpty ? nil : PenaltySum(penalties: penalties, isWeight: isWeight).erased
  }

  /// What each of so many samples counts.
  func weight(of count: Int) -> Double { reduction == .mean ? 1 / Double(count) : 1 }

  /// Sum or mean of the samples' losses, and the penalties.
  func value<S: DifferentiableScalar>(_ parameters: [S], on samples: Samples) throws -> S {
    try checkShape(parameters.count, samples)
    let predict = model.call(for: S.self)
    let compare = loss.call(for: S.self)
    let inputs = Self.lifted(samples.inputs, to: S.self)
    let targets = Self.lifted(samples.targets, to: S.self)
    let all = parameters[...]
    var losses: [S] = []
    losses.reserveCapacity(samples.count)
    for sample in 0..<samples.count {
      let prediction = try predict(all, inputs[sample * inputCount..<(sample + 1) * inputCount])
      guard prediction.count == outputCount else { throw wrongOutputs(prediction.count) }
      losses.append(try compare(prediction[...], targets[sample * outputCount..<(sample + 1) * outputCount]))
    }
    var total = S.sum(losses[...])
    if reduction == .mean { total /= S(Double(samples.count)) }
    for penalty in penalties { total += try penalty(parameters, isWeight: isWeight) }
    return total
  }

  /// The same numbers as scalars that do not depend on the parameters.
  private static func lifted<S: DifferentiableScalar>(_ numbers: [Double], to scalar: S.Type) -> [S] {
    // The comparison of types is decided when the code is specialised; the cast alone would visit every
    // element.
    if S.self == Double.self, let same = numbers as? [S] { return same }
    return numbers.map { S($0) }
  }

  func wrongOutputs(_ count: Int) -> DifferentiationError {
    .shape(
      what: "the outputs of model '\(model.specification)'", expected: "\(outputCount)", found: "\(count)")
  }

  func checkShape(_ parameters: Int, _ samples: Samples) throws {
    guard parameters == parameterCount else {
      throw DifferentiationError.shape(
        what: "the parameters of model '\(model.specification)'", expected: "\(parameterCount)",
        found: "\(parameters)")
    }
    guard samples.inputCount == inputCount, samples.targetCount == outputCount else {
      throw DifferentiationError.shape(
        what: "the samples for model '\(model.specification)'",
        expected: "\(inputCount) inputs and \(outputCount) targets",
        found: "\(samples.inputCount) and \(samples.targetCount)")
    }
    guard samples.count > 0 else {
      throw DifferentiationError.shape(what: "a batch", expected: "1 sample or more", found: "0")
    }
  }
}

/// The loss of one sample: inputs, then targets.
private struct SampleLoss: SampleTerm {
  let model: AnyModel
  let loss: AnyLoss
  let inputCount: Int
  let outputCount: Int

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) throws -> S {
    let border = sample.startIndex + inputCount
    let prediction = try model(parameters: parameters, input: sample[..<border])
    guard prediction.count == outputCount else {
      throw DifferentiationError.shape(
        what: "the outputs of model '\(model.specification)'", expected: "\(outputCount)", found: "\(prediction.count)")
    }
    return try loss(prediction: prediction[...], target: sample[border...])
  }
}

/// All penalties on the parameters.
private struct PenaltySum: ScalarField {
  let penalties: [AnyPenalty]
  let isWeight: [Bool]

  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    try penalties.reduce(S(0.0)) { try $0 + $1(parameters, isWeight: isWeight) }
  }
}
