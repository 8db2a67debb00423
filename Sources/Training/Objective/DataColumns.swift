// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import TabularData

/// What the columns of the training data were, so that a saved model can be used on another file.
public struct DataColumns: Sendable, Codable, Equatable {
  /// The names of the inputs, in the model's order.
  public var inputs: [String]
  /// The names of the targets.
  public var targets: [String]
  /// Numbers, or classes with their names.
  public var task: DataSet.Task
  /// How the inputs were scaled.
  public var inputScaling: Standardization?
  /// How the targets were scaled.
  public var targetScaling: Standardization?

  /// Columns with their meaning.
  public init(
    inputs: [String], targets: [String], task: DataSet.Task, inputScaling: Standardization? = nil,
    targetScaling: Standardization? = nil
  ) {
    self.inputs = inputs
    self.targets = targets
    self.task = task
    self.inputScaling = inputScaling
    self.targetScaling = targetScaling
  }

  /// The names of the classes; nil for numbers.
  public var classNames: [String]? {
    guard case .classification(let names) = task else { return nil }
    return names
  }
}

/// The first names of a list.
func abbreviated(_ names: [String], limit: Int = 5) -> String {
  names.count <= limit
    ? names.joined(separator: ", ")
    : names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more"
}
