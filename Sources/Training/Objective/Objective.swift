// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Synchronization

/// The loss of a model over samples as a function of its parameters: what training minimises.
///
///     L(θ) = reduce over i of ℓ(f(θ, xᵢ), yᵢ) + Σ penalties(θ)
///
/// `reduce` is the mean or the sum over the samples; penalties are added once, whatever the number of
/// samples. Composed over erased parts with calls of their own, it runs at full speed for each shipped
/// scalar. A call evaluates model and loss once a sample.
public struct Objective: ScalarField {
  private let body: ObjectiveBody
  /// The samples.
  public let samples: Samples

  /// An objective on samples.
  ///
  /// - Throws: `DifferentiationError.incompatible` for a loss that does not take the model's outputs,
  ///   `.shape` for samples that do not fit the model; the message has both shapes.
  public init(
    model: some Model, loss: some Loss, penalties: [AnyPenalty] = [], samples: Samples,
    reduction: Reduction = .mean
  ) throws {
    try Objective.requireCompatible(model, loss)
    let body = ObjectiveBody(
      model: model.erased, loss: loss.erased, penalties: penalties, reduction: reduction)
    try body.checkShape(body.parameterCount, samples)
    self.init(body: body, samples: samples)
  }

  /// An objective on rows of inputs, and of targets as the loss wants them.
  ///
  /// - Throws: as the other initialiser, and for a row that does not fit or holds a number that is not
  ///   finite.
  public init(
    model: some Model, loss: some Loss, penalties: [AnyPenalty] = [], inputs: [[Double]],
    targets: [[Double]], reduction: Reduction = .mean
  ) throws {
    let samples = try Samples(
      inputs: inputs, targets: targets, inputCount: model.inputCount, targetCount: model.outputCount)
    try self.init(model: model, loss: loss, penalties: penalties, samples: samples, reduction: reduction)
  }

  init(body: ObjectiveBody, samples: Samples) {
    self.body = body
    self.samples = samples
  }

  /// The model.
  public var model: AnyModel { body.model }
  /// The loss of one sample.
  public var loss: AnyLoss { body.loss }
  /// Terms on the parameters alone.
  public var penalties: [AnyPenalty] { body.penalties }
  /// Mean or sum over the samples.
  public var reduction: Reduction { body.reduction }
  /// The number of samples.
  public var count: Int { samples.count }

  /// L(θ).
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    try body.value(parameters, on: samples)
  }

  /// The objective with the names of the parameters, for checks and for any differentiator.
  public var target: TargetFunction { TargetFunction(self, inputs: body.model.parameters) }

  /// Whether a loss takes a model's outputs; the error says which outputs would fit.
  public static func requireCompatible(_ model: some Model, _ loss: some Loss) throws {
    guard model.outputCount >= loss.minimumOutputs else {
      throw DifferentiationError.incompatible(
        "loss '\(loss.specification)' needs \(loss.minimumOutputs) outputs or more, and model "
          + "'\(model.specification)' gives \(model.outputCount): its value would be the same whatever the parameters",
        wayOut:
          "take a model with an output for each class (mlp makes as many as the data have), or choose another loss")
    }
    guard !loss.acceptedOutputs.contains(model.outputKind) else { return }
    let ways = loss.acceptedOutputs.map(wayOut).sorted()
    throw DifferentiationError.incompatible(
      "loss '\(loss.specification)' does not take what model '\(model.specification)' gives: "
        + noun(model.outputKind),
      wayOut: (ways + ["or choose another loss"]).joined(separator: ", "))
  }

  private static func noun(_ kind: OutputKind) -> String {
    switch kind {
    case .real: "real numbers (predictions or logits)"
    case .probability: "probabilities"
    case .distribution: "probabilities with the sum 1"
    }
  }

  private static func wayOut(_ accepted: OutputKind) -> String {
    switch accepted {
    case .real: "take a model with real outputs, such as mlp:output=identity"
    case .probability: "take a model of probabilities, such as mlp:output=sigmoid"
    case .distribution: "take a model of a distribution, such as mlp:output=softmax"
    }
  }
}

extension Objective: SumOverSamples {
  /// The loss of one sample: a row of inputs and targets.
  public var term: AnySampleTerm { body.term }
  /// The penalties.
  public var remainder: AnyScalarField? { body.remainder }

  /// The samples, and what each counts.
  public func withSamples<Result>(
    _ body: (SampleRows, ArraySlice<Int>?, Double) throws -> Result
  ) rethrows -> Result {
    try body(samples.rows, nil, self.body.weight(of: samples.count))
  }
}

/// The objective of the batch that is current: one erased function for a whole training.
///
/// Erasing an objective a batch costs more than the gradient of a small network. A class, because an existential of a
/// structure with as many parts as the body has is copied part by part at each call.
final class BatchObjective: SumOverSamples {
  let body: ObjectiveBody
  let batch: CurrentBatch

  init(body: ObjectiveBody, batch: CurrentBatch) {
    self.body = body
    self.batch = batch
  }

  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
    try body.value(parameters, on: batch.samples)
  }

  var term: AnySampleTerm { body.term }
  var remainder: AnyScalarField? { body.remainder }

  func withSamples<Result>(
    _ use: (SampleRows, ArraySlice<Int>?, Double) throws -> Result
  ) rethrows -> Result {
    let positions = batch.positions
    return try use(batch.rows, positions, body.weight(of: positions?.count ?? batch.rows.count))
  }
}

/// The place of the current batch. One training owns it; a differentiator reads it.
///
/// A batch is a list of positions; the samples at these are copied out only for a method that asks for them.
final class CurrentBatch: Sendable {
  private struct State {
    var positions: ArraySlice<Int>?
    /// The samples at the positions, once somebody has asked.
    var samples: Samples
    var isCurrent: Bool
  }

  private let all: Samples
  /// All samples as rows.
  let rows: SampleRows
  private let state: Mutex<State>

  /// All samples are the first batch.
  init(_ all: Samples) {
    self.all = all
    rows = all.rows
    state = Mutex(State(positions: nil, samples: all, isCurrent: true))
  }

  /// The positions of the batch; nil for all samples.
  var positions: ArraySlice<Int>? { state.withLock { $0.positions } }

  var samples: Samples {
    state.withLock { state in
      if let positions = state.positions, !state.isCurrent {
        state.samples.replaceAll(from: all, at: positions)
        state.isCurrent = true
      }
      return state.samples
    }
  }

  func select(_ positions: ArraySlice<Int>) {
    state.withLock {
      $0.positions = positions
      $0.isCurrent = false
    }
  }
}
