// SPDX-License-Identifier: Apache-2.0

import TabularData

/// What a model says about the rows of a table, in their order.
public struct Predictions: Sendable, Codable, Equatable {
  /// The names of what is predicted.
  public internal(set) var target: [String]
  /// What the reader should know, such as columns that were not used.
  public internal(set) var notes: [String]
  /// The model's outputs; for numbers, in the units of the training file.
  public internal(set) var values: [[Double]] = []
  /// The position of each row's class; nil for numbers.
  public internal(set) var classes: [Int]?
  /// The names of the classes; nil for numbers.
  public internal(set) var classNames: [String]?
  /// The probability of each class; nil for numbers, and for outputs that are no probabilities.
  public internal(set) var probabilities: [[Double]]?

  init(target: [String], notes: [String]) {
    self.target = target
    self.notes = notes
  }

  /// Adds what the reader should know.
  public mutating func add(note: String) { notes.append(note) }

  /// The number of rows.
  public var count: Int { values.count }

  /// The name of each row's class; nil for numbers.
  public var labels: [String]? {
    guard let classes, let classNames else { return nil }
    return classes.map { classNames[$0] }
  }

  /// The predictions as a table: a column for each target and, for classes, the probability of the one
  /// chosen.
  public func table() throws -> Table {
    guard let labels, let classes else {
      return try Table(
        source: "predictions", columnNames: target, rows: values.map { $0.map { "\($0)" } })
    }
    guard let probabilities else {
      return try Table(source: "predictions", columnNames: target, rows: labels.map { [$0] })
    }
    let name = target.contains("probability") ? "probability of \(target[0])" : "probability"
    return try Table(
      source: "predictions", columnNames: target + [name],
      rows: labels.indices.map { [labels[$0], "\(probabilities[$0][classes[$0]])"] })
  }
}
