// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import TabularData

/// A training between two steps, as a file: everything to go on to the same last bit.
///
/// The file is JSON with a format name, a version and a checksum; it is written beside its place and renamed
/// onto it.
public struct Checkpoint: Sendable, Codable, Equatable {
  /// The names by which the parts are made again.
  public let specification: TrainingSpecification
  /// Epochs, batches, seed.
  public let configuration: TrainingConfiguration
  /// The names of the parameters, in order.
  public let parameterNames: [String]
  /// Columns, classes, scaling.
  public let columns: DataColumns
  /// A hash of the samples, to refuse others.
  public let dataFingerprint: String
  /// Parameters, optimizer, position, best weights, history.
  public let state: TrainingState
  /// What the caller needs to start again, such as the file of the data and its parts.
  public let settings: [String: String]

  /// The checkpoint of a trainer at a state.
  public init(_ trainer: Trainer, state: TrainingState, settings: [String: String] = [:]) {
    specification = trainer.specification
    configuration = trainer.configuration
    parameterNames = trainer.model.parameters.names
    columns = trainer.data.columns
    dataFingerprint = trainer.data.fingerprint
    self.state = state
    self.settings = settings
  }

  /// Reads a file.
  ///
  /// - Throws: ``DocumentError`` for a file that is missing, foreign, newer or damaged.
  public init(path: String) throws {
    self = try DocumentFormat.checkpoint.content(Checkpoint.self, at: path)
    try validate(path)
  }

  /// Reads the bytes of a file; `path` is for messages.
  public init(data: Data, path: String) throws {
    self = try DocumentFormat.checkpoint.content(Checkpoint.self, of: data, path: path)
    try validate(path)
  }

  /// The file's bytes.
  public func data() throws -> Data { try DocumentFormat.checkpoint.data(self) }

  /// Writes the file, whole or not at all.
  ///
  /// - Throws: `FileWritingError`.
  public func write(to path: String) throws { try AtomicFile.write(data(), to: path) }

  /// The state, for a trainer that is the one which wrote it.
  ///
  /// The number of epochs may differ, to train longer or shorter, and so may the spot check. All else decides
  /// about the numbers and must be the same.
  ///
  /// - Parameters:
  ///   - trainer: the one to go on with.
  ///   - path: the file, for messages.
  /// - Throws: ``DocumentError/Problem/mismatch(what:file:here:)`` with both sides.
  public func state(for trainer: Trainer, path: String) throws -> TrainingState {
    let here = Checkpoint(trainer, state: state)
    for ((what, file), (_, this)) in zip(identity, here.identity) where file != this {
      // Of two lists, the first element that differs.
      let position =
        zip(file, this).enumerated().first { $1.0 != $1.1 }?.offset ?? min(file.count, this.count)
      func text(_ list: [String]) -> String {
        position < list.count ? list[position] : "of \(list.count) elements"
      }
      throw DocumentError(
        .mismatch(what: what, file: text(file), here: text(this)), path: path, kind: "checkpoint")
    }
    do {
      try trainer.check(state)
    } catch {
      throw DocumentError(.damaged(reason: "\(error)"), path: path, kind: "checkpoint")
    }
    return state
  }

  /// All that must be the same for a resumed training to give the numbers of one that was not interrupted.
  private var identity: [(what: String, value: [String])] {
    let stopping = configuration.earlyStopping
    return [
      ("the model", [specification.model]),
      ("the loss", [specification.loss]),
      ("the list of penalties", specification.penalties),
      ("the differentiator", [specification.differentiator]),
      ("the optimizer", [specification.optimizer]),
      ("the schedule", [specification.schedule]),
      ("the batch size", [configuration.batch.map { "\($0)" } ?? "all samples"]),
      ("shuffling", ["\(configuration.shuffle)"]),
      ("the reduction", [configuration.reduction.rawValue]),
      ("the seed", ["\(configuration.seed)"]),
      ("early stopping", [stopping.map { "after \($0.patience), by \($0.minimumDelta)" } ?? "off"]),
      ("the choice of weights", [configuration.weights.rawValue]),
      ("the list of inputs", columns.inputs),
      ("the list of targets", columns.targets),
      ("the list of classes", columns.classNames ?? ["none (numbers)"]),
      ("the list of parameters", parameterNames),
      ("the samples' hash", [dataFingerprint]),
    ]
  }

  /// What a checksum does not guard against: a file put together by somebody else.
  private func validate(_ path: String) throws {
    func damaged(_ reason: String) -> DocumentError {
      DocumentError(.damaged(reason: reason), path: path, kind: "checkpoint")
    }
    guard state.parameters.count == parameterNames.count else {
      throw damaged("it has \(parameterNames.count) names for \(state.parameters.count) parameters")
    }
    if let bad = Finiteness.firstBad(state.parameters) {
      throw damaged("parameter \(parameterNames[bad]) is \(state.parameters[bad])")
    }
  }
}
