// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// A shift and a scale for each column, fitted on one part of the data and applied to all: z = (x - mean) /
/// scale.
///
/// The scale is the standard deviation (divisor n) of the rows that were fitted, or 1 for a column that is
/// constant there. Fit it on the training part: what the other parts look like must not flow into training.
public struct Standardization: Sendable, Codable, Equatable {
  /// The columns' names.
  public let columns: [String]
  /// The mean of each column.
  public let means: [Double]
  /// The divisor of each column; never 0.
  public let scales: [Double]

  /// Shifts and scales as they are.
  ///
  /// - Throws: `DifferentiationError` for counts that differ, and for numbers that are not finite or a scale
  ///   of 0.
  public init(columns: [String], means: [Double], scales: [Double]) throws {
    guard means.count == columns.count, scales.count == columns.count else {
      throw DifferentiationError.shape(
        what: "a standardization", expected: "\(columns.count) means and scales, one a column",
        found: "\(means.count) and \(scales.count)")
    }
    for (index, name) in columns.enumerated() {
      guard means[index].isFinite, scales[index].isFinite, scales[index] != 0 else {
        throw DifferentiationError.notFinite(
          what: "the mean or the reciprocal of the scale", place: "column '\(name)'")
      }
    }
    self.columns = columns
    self.means = means
    self.scales = scales
  }

  /// Reads shifts and scales, and refuses those that the first initialiser refuses.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      try self.init(
        columns: container.decode([String].self, forKey: .columns),
        means: container.decode([Double].self, forKey: .means),
        scales: container.decode([Double].self, forKey: .scales))
    } catch let error as DifferentiationError {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }

  /// The shifts and scales of these rows.
  ///
  /// Two passes, and the deviations are divided by the largest one before they are squared: neither
  /// cancellation nor overflow spoils them. A column whose deviations are below 10 ulps of its largest number
  /// counts as constant.
  ///
  /// - Throws: `DifferentiationError` for no rows, rows of another length, and numbers that are not finite.
  public init(columns: [String], fitting rows: [[Double]]) throws {
    guard !rows.isEmpty else {
      throw DifferentiationError.shape(what: "a standardization", expected: "1 row or more", found: "0")
    }
    try Self.check(rows, columns: columns)
    var means: [Double] = []
    var scales: [Double] = []
    for column in columns.indices {
      let values = rows.map { $0[column] }
      let (mean, deviation) = Self.moments(values)
      means.append(mean)
      scales.append(deviation)
    }
    try self.init(columns: columns, means: means, scales: scales)
  }

  /// The standardized rows.
  public func callAsFunction(_ rows: [[Double]]) throws -> [[Double]] {
    try Self.check(rows, columns: columns)
    return rows.map { row in row.indices.map { (row[$0] - means[$0]) / scales[$0] } }
  }

  /// Rows that were standardized, in their own units again.
  public func inverted(_ rows: [[Double]]) throws -> [[Double]] {
    try Self.check(rows, columns: columns, needsFinite: false)
    return rows.map { row in row.indices.map { row[$0] * scales[$0] + means[$0] } }
  }

  private static func moments(_ values: [Double]) -> (mean: Double, scale: Double) {
    let count = Double(values.count)
    var mean = values.reduce(0, +) / count
    if !mean.isFinite { mean = values.reduce(0) { $0 + $1 / count } }
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    let spread = values.reduce(0) { max($0, ($1 - mean).magnitude) }
    guard spread > 10 * largest.ulp, spread.isFinite else { return (mean, 1) }
    let squares = values.reduce(0) { sum, value in
      let deviation = (value - mean) / spread
      return sum + deviation * deviation
    }
    return (mean, spread * Double.sqrt(squares / count))
  }

  private static func check(_ rows: [[Double]], columns: [String], needsFinite: Bool = true) throws {
    for (index, row) in rows.enumerated() {
      guard row.count == columns.count else {
        throw DifferentiationError.shape(
          what: "row \(index) for a standardization", expected: "\(columns.count) numbers",
          found: "\(row.count)")
      }
      if needsFinite, let column = row.firstIndex(where: { !$0.isFinite }) {
        throw DifferentiationError.notFinite(
          what: "a number to standardize", place: "row \(index), '\(columns[column])'")
      }
    }
  }
}
