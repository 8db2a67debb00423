// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import RandomStreams
import TabularData

/// Finds samples by a name: a generated data set, or a CSV file.
struct DataLoading {
  let registry: Registry

  init(_ registry: Registry) { self.registry = registry }

  /// Whether the text means a file rather than a data set of the registry.
  static func isFile(_ text: String) -> Bool {
    text == "-" || text.hasSuffix(".csv") || text.hasSuffix(".tsv") || text.contains("/")
      || FileManager.default.fileExists(atPath: text)
  }

  /// The samples.
  func load(
    _ text: String, columns: (target: String?, inputs: [String]?), task: TargetTask = .automatic, streams: NamedStreams
  ) throws -> DataSet {
    guard DataLoading.isFile(text) else {
      if columns.target != nil || columns.inputs != nil {
        throw CommandError.usage("--target and --inputs name columns of a file, and '\(text)' is a generated data set")
      }
      return try registry.dataSets.make(text).generate(streams: streams)
    }
    let table = try Table(path: text)
    guard let target = columns.target else {
      throw CommandError.usage(
        "--target is missing: which column of '\(text)' is to be predicted? It has: "
          + table.columnNames.prefix(40).joined(separator: ", ")
          + (table.columnNames.count > 40 ? ", … (\(table.columnNames.count) columns)" : ""))
    }
    return try DataSet(
      table, selection: ColumnSelection(targets: [target], inputs: columns.inputs), task: task)
  }
}
