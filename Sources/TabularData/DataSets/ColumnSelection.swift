// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Which columns are predicted, and from which.
public struct ColumnSelection: Sendable, Codable, Equatable {
  /// The columns to predict: one for a class, one or more for numbers.
  public var targets: [String]
  /// The columns to predict them from; nil for all others, in the order of the file.
  public var inputs: [String]?

  /// A choice of columns.
  public init(targets: [String], inputs: [String]? = nil) {
    self.targets = targets
    self.inputs = inputs
  }
}

/// What a target column is taken for.
public enum TargetTask: String, Sendable, Codable, CaseIterable {
  /// Numbers are numbers, text is classes.
  case automatic
  /// Numbers.
  case regression
  /// Classes: text in the order of its characters, or whole numbers in their order.
  case classification

  /// What a loss makes of a target: one for real numbers takes the column as it is, the others want classes.
  public init(for encoding: TargetEncoding) {
    self = encoding == .real ? .automatic : .classification
  }
}

extension Table {
  /// The input and target columns of a selection, each known and none chosen twice.
  package func resolve(_ selection: ColumnSelection) throws -> (inputs: [String], targets: [String]) {
    guard !selection.targets.isEmpty else {
      throw TableError(
        .selection(reason: "no target column was chosen; name the one to predict"), source: source)
    }
    let targets = selection.targets
    let inputs = selection.inputs ?? columnNames.filter { !targets.contains($0) }
    var chosen: Set<String> = []
    for name in targets + inputs {
      _ = try index(of: name)
      guard chosen.insert(name).inserted else {
        let reason =
          targets.contains(name) && inputs.contains(name) ? "it is a target and an input" : "chosen twice"
        throw TableError(.selection(reason: "\(reason); name it once"), source: source, column: name)
      }
    }
    guard !inputs.isEmpty else {
      throw TableError(
        .selection(reason: "no input column is left beside the target; add one"), source: source)
    }
    return (inputs, targets)
  }

  /// The numbers of input columns, one row a sample, in the order of the names.
  ///
  /// - Throws: ``TableError`` for a column that is missing, is text, or has a cell that is not a number.
  package func inputRows(_ names: [String]) throws -> [[Double]] {
    let columns = try names.map { name in
      if case .text(let row) = try kind(of: name), case let example = rows[row][try index(of: name)],
        !example.isEmpty
      {
        throw TableError(.textInput(example: example), source: source, line: lines[row], column: name)
      }
      return try numbers(in: name)
    }
    return rows.indices.map { row in columns.map { $0[row] } }
  }
}
