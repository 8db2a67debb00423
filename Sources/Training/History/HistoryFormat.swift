// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How epochs are written to a file.
public enum HistoryFormat: String, Sendable, Codable, CaseIterable {
  /// A header and a line for each epoch, the columns named as the keys of the JSON with the way to them; what was
  /// not measured is an empty cell.
  case csv
  /// A JSON object on a line for each epoch.
  case jsonLines = "jsonl"

  /// The format that a file's name ends with, else CSV.
  public init(path: String) {
    self = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") ? .jsonLines : .csv
  }

  /// The first line of a file; empty for none.
  public var header: String {
    switch self {
    case .csv: Self.columns.joined(separator: ",") + "\n"
    case .jsonLines: ""
    }
  }

  /// The line of an epoch, with its line break. Numbers read back to the same bits.
  public func line(_ record: EpochRecord) throws -> String {
    switch self {
    case .csv:
      let validation = record.validation
      func cell(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
      var cells = ["\(record.epoch)", "\(record.step)"]
      cells += [record.learningRate, record.trainingLoss, record.monitoredTrainingLoss].map(cell)
      cells.append(validation.map { "\($0.samples)" } ?? "")
      cells += [
        validation?.loss, validation?.accuracy, validation?.baselineAccuracy, validation?.r2,
        validation?.meanAbsoluteError,
      ].map(cell)
      return cells.joined(separator: ",") + "\n"
    case .jsonLines:
      return String(decoding: try JSONCoding.encoder().encode(record), as: UTF8.self) + "\n"
    }
  }

  /// All epochs as text.
  public func text(_ records: [EpochRecord]) throws -> String {
    try header + records.map(line).joined()
  }

  private static let columns = [
    "epoch", "step", "learningRate", "trainingLoss", "monitoredTrainingLoss", "validation.samples", "validation.loss",
    "validation.accuracy", "validation.baselineAccuracy", "validation.r2", "validation.meanAbsoluteError",
  ]
}
