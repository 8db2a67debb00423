// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import TabularData

/// Whether columns are brought to mean 0 and standard deviation 1.
public struct Scaling: Sendable, Codable, Equatable {
  /// Scale the inputs.
  public var inputs: Bool
  /// Scale the targets of a regression.
  public var targets: Bool

  /// Which columns are scaled.
  public init(inputs: Bool = true, targets: Bool = false) {
    self.inputs = inputs
    self.targets = targets
  }

  /// Numbers as they are.
  public static let none = Scaling(inputs: false, targets: false)
}

/// A data set ready for training: divided, scaled with what the training part says, and encoded for a loss.
public struct PreparedData: Sendable, Equatable {
  /// What the columns are and mean.
  public let columns: DataColumns
  /// The samples to train on.
  public let training: Samples
  /// The samples for validation; nil where there are none.
  public let validation: Samples?
  /// The samples for the test; nil where there are none.
  public let test: Samples?

  /// Prepares a data set for a model and a loss.
  ///
  /// - Parameters:
  ///   - data: all samples.
  ///   - split: the parts; nil to train on all samples.
  ///   - scaling: which columns are scaled. Means and scales come from the training part alone.
  ///   - model: says how many inputs and outputs there are.
  ///   - loss: says how it wants the targets.
  /// - Throws: `DifferentiationError` for data, model and loss that do not fit each other.
  public init(
    _ data: DataSet, split: DataSplit? = nil, scaling: Scaling = .none, model: some Model, loss: some Loss
  ) throws {
    try Objective.requireCompatible(model, loss)
    try data.requireInputs(of: model)
    let parts = split ?? DataSplit(training: Array(0..<data.count))
    let encoding = loss.targetEncoding
    var inputScaling: Standardization?
    var targetScaling: Standardization?
    let training = data.selecting(parts.training)
    guard training.count > 0 else {
      throw DifferentiationError.shape(what: "the training part", expected: "1 sample or more", found: "0")
    }
    if scaling.inputs {
      inputScaling = try Standardization(columns: data.inputNames, fitting: training.inputs)
    }
    if scaling.targets {
      guard case .regression = data.task, encoding == .real else {
        throw DifferentiationError.incompatible(
          "targets that are classes or probabilities cannot be scaled",
          wayOut: "scale the inputs only, or take a loss for real numbers")
      }
      targetScaling = try Standardization(columns: data.targetNames, fitting: training.targets)
    }
    func samples(_ rows: [Int]) throws -> Samples {
      let part = data.selecting(rows)
      let targets = try part.encodedTargets(encoding, outputs: model.outputCount)
      return try Samples(
        inputs: inputScaling?(part.inputs) ?? part.inputs, targets: targetScaling?(targets) ?? targets,
        inputCount: model.inputCount, targetCount: model.outputCount)
    }
    self.training = try samples(parts.training)
    validation = parts.validation.isEmpty ? nil : try samples(parts.validation)
    test = parts.test.isEmpty ? nil : try samples(parts.test)
    columns = DataColumns(
      inputs: data.inputNames, targets: data.targetNames, task: data.task, inputScaling: inputScaling,
      targetScaling: targetScaling)
  }
}

extension DataSet {
  /// Throws unless the model takes as many inputs as there are columns.
  package func requireInputs(of model: some Model) throws {
    guard model.inputCount == inputNames.count else {
      throw DifferentiationError.shape(
        what: "the inputs of model '\(model.specification)'", expected: "\(model.inputCount)",
        found: "\(inputNames.count) columns: \(abbreviated(inputNames))")
    }
  }
}

extension PreparedData {
  /// A hash of the samples that decide about a training: those to train on and those for validation.
  var fingerprint: String {
    var hash = Checksum()
    hash.combine(training.fingerprint)
    hash.combine(validation?.fingerprint ?? 0)
    return Checksum.text(hash.value)
  }
}
