// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import TabularData

/// A trained model as a file: what is needed to predict, and no more.
public struct SavedModel: Sendable, Codable, Equatable {
  /// The specification by which the model is made again.
  public let model: String
  /// The loss that it was trained with.
  public let loss: String
  /// How that loss takes its targets; decides how outputs become classes.
  public let targetEncoding: TargetEncoding
  /// The names of the parameters, in order.
  public let parameterNames: [String]
  /// The parameters.
  public let parameters: [Double]
  /// Columns, classes, scaling.
  public let columns: DataColumns
  /// The seed of the training.
  public let seed: UInt64

  /// The model of a training with the parameters that it chose.
  public init(_ trainer: Trainer, result: TrainingResult) {
    self.init(trainer, parameters: result.parameters)
  }

  /// The model of a training with given parameters.
  public init(_ trainer: Trainer, parameters: [Double]) {
    model = trainer.model.specification
    loss = trainer.loss.specification
    targetEncoding = trainer.loss.targetEncoding
    parameterNames = trainer.model.parameters.names
    self.parameters = parameters
    columns = trainer.data.columns
    seed = trainer.configuration.seed
  }

  /// Reads a file.
  ///
  /// - Throws: ``DocumentError`` for a file that is missing, foreign, newer or damaged.
  public init(path: String) throws {
    self = try DocumentFormat.savedModel.content(SavedModel.self, at: path)
    try validate(path)
  }

  /// Reads the bytes of a file; `path` is for messages.
  public init(data: Data, path: String) throws {
    self = try DocumentFormat.savedModel.content(SavedModel.self, of: data, path: path)
    try validate(path)
  }

  /// The file's bytes.
  public func data() throws -> Data { try DocumentFormat.savedModel.data(self) }

  /// Writes the file, whole or not at all.
  ///
  /// - Throws: `FileWritingError`.
  public func write(to path: String) throws { try AtomicFile.write(data(), to: path) }

  /// Ready to predict, with the model made from a registry.
  ///
  /// - Throws: `DifferentiationError` for a model that the registry does not have, ``DocumentError`` for one
  ///   that differs.
  public func predictor(in registry: Registry, path: String) throws -> Predictor {
    try predictor(for: registry.models.make(model), path: path)
  }

  /// Ready to predict, with this model.
  ///
  /// - Throws: ``DocumentError`` for a model whose parameters, inputs or outputs are not those of the file.
  public func predictor(for model: some Model, path: String) throws -> Predictor {
    func require(_ what: String, _ file: String, _ here: String) throws {
      guard file == here else {
        throw DocumentError(.mismatch(what: what, file: file, here: here), path: path, kind: "saved model")
      }
    }
    let names = model.parameters.names
    try require("the number of parameters", "\(parameterNames.count)", "\(names.count)")
    for (file, here) in zip(parameterNames, names) { try require("a parameter", file, here) }
    try require("the number of inputs", "\(columns.inputs.count)", "\(model.inputCount)")
    let outputs = model.outputCount
    let fits = columns.classNames.map { outputs == $0.count || outputs == 1 && $0.count == 2 }
    guard fits ?? (outputs == columns.targets.count) else {
      let expected =
        columns.classNames.map { "for \($0.count) classes" } ?? "for \(columns.targets.count) targets"
      throw DocumentError(
        .mismatch(what: "the number of outputs", file: expected, here: "\(outputs)"), path: path,
        kind: "saved model")
    }
    return Predictor(self, model: model.erased)
  }

  /// What a checksum does not guard against: a file put together by somebody else.
  private func validate(_ path: String) throws {
    func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
      guard condition else {
        throw DocumentError(.damaged(reason: reason()), path: path, kind: "saved model")
      }
    }
    try require(
      parameters.count == parameterNames.count,
      "it has \(parameterNames.count) names for \(parameters.count) parameters")
    if let bad = Finiteness.firstBad(parameters) {
      try require(false, "parameter \(parameterNames[bad]) is \(parameters[bad])")
    }
    try require(!columns.inputs.isEmpty && !columns.targets.isEmpty, "it names no inputs or no targets")
    try require(
      (columns.inputScaling?.columns ?? columns.inputs) == columns.inputs, "its scaling is of other inputs")
    try require(
      (columns.targetScaling?.columns ?? columns.targets) == columns.targets,
      "its scaling is of other targets")
  }
}
