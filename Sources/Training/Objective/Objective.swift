// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Synchronization

/// What training minimises, as a function of the parameters θ: reduceᵢ ℓ(f(θ, xᵢ), yᵢ) + Σ penalties(θ).
///
/// `reduce` is the mean or the sum over the samples; penalties are added once, whatever the number of samples. Written
/// for every scalar, at full speed for the shipped ones. A call costs one evaluation of model and loss a sample.
public struct Objective: ScalarField {
  private let body: ObjectiveBody
  /// The samples.
  public let samples: Samples

  /// An objective on samples.
  ///
  /// - Throws: `DifferentiationError` for a loss that does not take the model's outputs, and for samples whose inputs or
  ///   targets do not fit the model; the message has both shapes.
  public init(
    model: some Model, loss: some Loss, penalties: [AnyPenalty] = [], reduction: Reduction = .mean,
    samples: Samples
  ) throws {
    try checkOutputs(of: model, for: loss)
    let body = ObjectiveBody(
      model: model.erased, loss: loss.erased, penalties: penalties, reduction: reduction)
    try body.checkShape(body.parameterCount, samples)
    self.init(body: body, samples: samples)
  }

  init(body: ObjectiveBody, samples: Samples) {
    self.body = body
    self.samples = samples
  }

  /// The objective at θ.
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    try body.value(parameters, on: samples)
  }

  /// The objective with the names of the parameters, for checks and for any differentiator.
  public var target: TargetFunction { TargetFunction(self, inputs: body.model.parameters) }
}

/// The objective of the batch that is current: one erased function for a whole training.
///
/// Erasing an objective a batch costs more than the gradient of a small network.
struct BatchObjective: ScalarField {
  let body: ObjectiveBody
  let batch: CurrentBatch

  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    try body.value(parameters, on: batch.samples)
  }
}

/// The place of the current batch. One training owns it; a differentiator reads it.
final class CurrentBatch: Sendable {
  private let storage: Mutex<Samples>

  init(_ samples: Samples) { storage = Mutex(samples) }

  var samples: Samples { storage.withLock { $0 } }

  func replaceAll(from source: Samples, at positions: ArraySlice<Int>) {
    storage.withLock { $0.replaceAll(from: source, at: positions) }
  }
}

/// A loss takes probabilities, or logits, or any numbers.
func checkOutputs(of model: some Model, for loss: some Loss) throws {
  guard !loss.acceptedOutputs.contains(model.outputKind) else { return }
  let ways = loss.acceptedOutputs.map(wayOut).sorted()
  throw DifferentiationError.incompatible(
    "loss '\(loss.specification)' does not take what model '\(model.specification)' gives: "
      + noun(model.outputKind),
    wayOut: (ways + ["or choose another loss"]).joined(separator: ", "))
}

private func noun(_ kind: OutputKind) -> String {
  switch kind {
  case .real: "real numbers (predictions or logits)"
  case .probability: "probabilities"
  case .distribution: "probabilities with the sum 1"
  }
}

private func wayOut(_ accepted: OutputKind) -> String {
  switch accepted {
  case .real: "give the model real outputs (output=identity)"
  case .probability: "give the model probabilities (output=sigmoid)"
  case .distribution: "give the model a distribution (output=softmax)"
  }
}
