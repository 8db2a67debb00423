// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

/// Trains any model by any differentiator with any optimizer.
///
/// ```swift
/// let trainer = try Trainer(
///   model: model, loss: loss, differentiator: tape, optimizer: adam,
///   configuration: TrainingConfiguration(epochs: 50, batch: 32, seed: 7), data: data)
/// let result = try trainer.run(from: trainer.initialState(with: he))
/// ```
///
/// A trainer is a value and does not change; what changes is the ``TrainingState`` that goes in and comes
/// out. A run that was interrupted anywhere and goes on from its state gives the same numbers, to the last
/// bit, as one that was not.
public struct Trainer: Sendable {
  /// The model.
  public let model: AnyModel
  /// The loss of a sample.
  public let loss: AnyLoss
  /// Terms on the parameters alone.
  public let penalties: [AnyPenalty]
  /// The method of differentiation.
  public let differentiator: any Differentiator
  /// The optimizer with its schedule.
  public let optimizer: Optimizer
  /// Epochs, batches, seed.
  public let configuration: TrainingConfiguration
  /// The samples.
  public let data: PreparedData

  let body: ObjectiveBody
  let evaluator: Evaluator

  /// Puts the parts together.
  ///
  /// - Throws: `DifferentiationError` for parts that do not fit each other and for a configuration that
  ///   cannot be.
  public init(
    model: some Model, loss: some Loss, penalties: [AnyPenalty] = [], differentiator: any Differentiator,
    optimizer: Optimizer, configuration: TrainingConfiguration, data: PreparedData
  ) throws {
    try configuration.validate()
    try Objective.requireCompatible(model, loss)
    self.model = model.erased
    self.loss = loss.erased
    self.penalties = penalties
    self.differentiator = differentiator
    self.optimizer = optimizer
    self.configuration = configuration
    self.data = data
    body = ObjectiveBody(
      model: self.model, loss: self.loss, penalties: penalties, reduction: configuration.reduction)
    try body.checkShape(body.parameterCount, data.training)
    guard body.parameterCount > 0 else {
      throw DifferentiationError.shape(
        what: "the model's parameters", expected: "1 or more to train", found: "0")
    }
    evaluator = Evaluator(body: body, data: data)
  }

  /// The state before the first step, with parameters drawn from the seed's stream for initial values.
  public func initialState(with initializer: any Initializer) throws -> TrainingState {
    var random: any RandomSource = NamedStreams(seed: configuration.seed).generator(for: .initialization)
    return try initialState(parameters: initializer.values(for: model.parameters, random: &random))
  }

  /// The state before the first step, with given parameters.
  ///
  /// - Throws: `DifferentiationError` for a wrong number of parameters and for one that is not finite.
  public func initialState(parameters: [Double]) throws -> TrainingState {
    try body.checkShape(parameters.count, data.training)
    if let bad = Finiteness.firstBad(parameters) {
      throw DifferentiationError.notFinite(
        what: "the initial value of \(model.parameters.name(of: bad))", place: "\(parameters[bad])")
    }
    return TrainingState(
      parameters: parameters, optimizer: optimizer.initialState(parameterCount: parameters.count))
  }

  /// The metrics of parameters on one part of the data. One evaluation a sample.
  public func metrics(of parameters: [Double], on samples: Samples) throws -> Metrics {
    try evaluator.metrics(parameters, on: samples)
  }

  /// The names by which the parts are made again.
  public var specification: TrainingSpecification {
    TrainingSpecification(
      model: model.specification, loss: loss.specification, penalties: penalties.map(\.specification),
      differentiator: differentiator.name, optimizer: optimizer.specification,
      schedule: optimizer.schedule.specification)
  }

  /// The number of samples of a full batch.
  var batchSize: Int { min(configuration.batch ?? data.training.count, data.training.count) }

  /// The number of steps of an epoch.
  public var stepsPerEpoch: Int { (data.training.count + batchSize - 1) / batchSize }

  /// The order of the samples in an epoch, from 0: a function of the seed and the epoch alone.
  ///
  /// Where one batch holds all samples there is nothing to shuffle.
  func order(ofEpoch epoch: Int) -> [Int] {
    let count = data.training.count
    guard configuration.shuffle, stepsPerEpoch > 1 else { return Array(0..<count) }
    var random = NamedStreams(seed: configuration.seed).generator(for: .shuffle, index: UInt64(epoch))
    return random.permutation(count)
  }
}
