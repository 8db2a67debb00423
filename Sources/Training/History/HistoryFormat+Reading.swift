// SPDX-License-Identifier: Apache-2.0

import Foundation
import TabularData

extension HistoryFormat {
  /// Reads the epochs of a file: one that a training wrote as lines of JSON or as CSV, its report in JSON, or its
  /// checkpoint, told apart by what is in it.
  ///
  /// - Throws: `TableError` for a file that is missing, ``DocumentError`` for one that is foreign or damaged.
  public static func records(path: String) throws -> [EpochRecord] {
    let text = String(decoding: try Table.contents(ofFile: path), as: UTF8.self)
    guard let first = text.first(where: { !$0.isWhitespace }) else {
      throw DocumentError(.foreign(found: "an empty file"), path: path, kind: kind)
    }
    let records = try first == "{" ? json(text, path: path) : csv(text, path: path)
    guard !records.isEmpty else {
      throw DocumentError(.damaged(reason: "it has no epoch"), path: path, kind: kind)
    }
    return records
  }

  private static let kind = "history"

  private static func json(_ text: String, path: String) throws -> [EpochRecord] {
    struct Report: Decodable { let history: [EpochRecord] }
    let decoder = JSONCoding.decoder()
    if let report = try? decoder.decode(Report.self, from: Data(text.utf8)) { return report.history }
    if let checkpoint = try? Checkpoint(data: Data(text.utf8), path: path) { return checkpoint.state.history }
    return try text.split(separator: "\n").enumerated().map { number, line in
      do {
        return try decoder.decode(EpochRecord.self, from: Data(line.utf8))
      } catch {
        guard number > 0 else {
          throw DocumentError(.foreign(found: "JSON without epochs"), path: path, kind: kind)
        }
        throw DocumentError(.damaged(reason: "line \(number + 1) is no epoch"), path: path, kind: kind)
      }
    }
  }

  private static func csv(_ text: String, path: String) throws -> [EpochRecord] {
    let table = try Table(csv: text, source: path, delimiter: ",")
    guard ["epoch", "step", "learningRate", "trainingLoss"].allSatisfy(table.columnNames.contains) else {
      throw DocumentError(
        .foreign(found: "a table with the columns \(abbreviated(table.columnNames))"), path: path, kind: kind)
    }
    /// The column's numbers; nil for an empty cell, and for a column that is not there.
    func numbers(_ name: String) throws -> [Double?] {
      guard table.columnNames.contains(name) else { return table.rows.map { _ in nil } }
      return try zip(table.column(name), table.lines).map { cell, line in
        if cell.isEmpty { return nil }
        guard let number = Double(cell) else {
          throw DocumentError(
            .damaged(reason: "line \(line) has '\(cell)' under \(name), which is no number"), path: path, kind: kind)
        }
        return number
      }
    }
    let (epoch, step) = try (numbers("epoch"), numbers("step"))
    let (rate, loss) = try (numbers("learningRate"), numbers("trainingLoss"))
    let monitored = try numbers("monitoredTrainingLoss")
    let samples = try numbers("validation.samples")
    let (validation, accuracy) = try (numbers("validation.loss"), numbers("validation.accuracy"))
    let baseline = try numbers("validation.baselineAccuracy")
    let (r2, error) = try (numbers("validation.r2"), numbers("validation.meanAbsoluteError"))
    return table.rows.indices.map { i in
      EpochRecord(
        epoch: Int(exactly: epoch[i] ?? 0) ?? 0, step: Int(exactly: step[i] ?? 0) ?? 0, learningRate: rate[i] ?? .nan,
        trainingLoss: loss[i] ?? .nan, monitoredTrainingLoss: monitored[i],
        validation: validation[i].map {
          Metrics(
            samples: Int(exactly: samples[i] ?? 0) ?? 0, loss: $0, accuracy: accuracy[i],
            baselineAccuracy: baseline[i], r2: r2[i], meanAbsoluteError: error[i])
        })
    }
  }
}
