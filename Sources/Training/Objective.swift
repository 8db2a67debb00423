// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The loss of a model over samples, as a function of its parameters.
///
///     L(θ) = reduce over i of ℓ(f(θ, xᵢ), yᵢ) + Σ penalties(θ)
///
/// It is composed over erased parts, each of which carries its own compiled calls, so that every scalar runs at full
/// speed. The samples are lifted to constants once a call.
public struct Objective: ScalarField {
  /// The model.
  public let model: AnyModel
  /// The loss of one sample.
  public let loss: AnyLoss
  /// Terms on the parameters alone.
  public let penalties: [AnyPenalty]
  /// Mean or sum over the samples.
  public let reduction: Reduction
  /// The inputs, sample by sample.
  private let inputs: [Double]
  /// The targets as the loss wants them, sample by sample.
  private let targets: [Double]
  /// The number of samples.
  public let count: Int
  private let isWeight: [Bool]

  /// An objective over samples.
  ///
  /// - Parameters:
  ///   - inputs: one row a sample, as long as the model's inputs.
  ///   - targets: one row a sample, encoded for the loss, as long as the model's outputs.
  /// - Throws: `DifferentiationError.shape` where a row does not fit, `.incompatible` where the loss does not take the
  ///   model's outputs.
  public init(
    model: AnyModel, loss: AnyLoss, penalties: [AnyPenalty] = [], inputs: [[Double]], targets: [[Double]],
    reduction: Reduction = .mean
  ) throws {
    try Objective.requireCompatible(model, loss)
    guard inputs.count == targets.count, !inputs.isEmpty else {
      throw DifferentiationError.shape(
        what: "the objective's samples", expected: "as many targets as inputs, and at least one",
        found: "\(inputs.count) inputs and \(targets.count) targets")
    }
    for (i, row) in inputs.enumerated() where row.count != model.inputCount {
      throw DifferentiationError.shape(
        what: "inputs of sample \(i) for \(model.specification)", expected: "\(model.inputCount) numbers",
        found: "\(row.count)")
    }
    for (i, row) in targets.enumerated() where row.count != model.outputCount {
      throw DifferentiationError.shape(
        what: "targets of sample \(i) for \(model.specification)", expected: "\(model.outputCount) numbers",
        found: "\(row.count)")
    }
    self.model = model
    self.loss = loss
    self.penalties = penalties
    self.reduction = reduction
    self.inputs = inputs.flatMap { $0 }
    self.targets = targets.flatMap { $0 }
    count = inputs.count
    isWeight = model.parameters.isWeight
  }

  /// Whether a loss takes a model's outputs; the error says which losses or outputs would fit.
  public static func requireCompatible(_ model: AnyModel, _ loss: AnyLoss) throws {
    guard loss.acceptedOutputs.contains(model.outputKind) else {
      let accepted = loss.acceptedOutputs.map(\.rawValue).sorted().joined(separator: " or ")
      throw DifferentiationError.incompatible(
        "the loss \(loss.specification) wants \(accepted) outputs and \(model.specification) gives "
          + "\(model.outputKind.rawValue) ones",
        wayOut: "choose another loss, or another output of the model (output=identity|sigmoid|softmax)")
    }
  }

  /// L(θ).
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    guard parameters.count == model.parameters.count else {
      throw DifferentiationError.shape(
        what: "the parameters of \(model.specification)", expected: "\(model.parameters.count)",
        found: "\(parameters.count)")
    }
    let inputs = self.inputs.map { S($0) }
    let targets = self.targets.map { S($0) }
    let n = model.inputCount
    let m = model.outputCount
    var total: S = 0
    for i in 0..<count {
      let prediction = try model(parameters: parameters[...], input: inputs[(i * n)..<((i + 1) * n)])
      total += try loss(prediction: prediction[...], target: targets[(i * m)..<((i + 1) * m)])
    }
    if reduction == .mean { total = total / S(Double(count)) }
    for penalty in penalties { total += try penalty(parameters, isWeight: isWeight) }
    return total
  }
}
