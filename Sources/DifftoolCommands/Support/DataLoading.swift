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

  /// The data as they can be named again: a generated set with all its options, a file by its path.
  func specification(_ text: String) throws -> String {
    DataLoading.isFile(text) ? text : try registry.dataSets.make(text).specification
  }

  /// What may follow `--data`: the names of generated data sets, and the files and folders that begin so.
  static func completions(_ prefix: String, registry: Registry) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let files = found.filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }.sorted()
      .compactMap { name -> String? in
        let path = folder + name
        if URL(filePath: path, directoryHint: .checkFileSystem).hasDirectoryPath { return path + "/" }
        return path.hasSuffix(".csv") || path.hasSuffix(".tsv") ? path : nil
      }
    return registry.dataSets.names + files
  }

  private func unknown(_ text: String, _ name: String) -> CommandError {
    let near = ["\(text).csv", "\(text).tsv"].filter { FileManager.default.fileExists(atPath: $0) }
    let hint =
      near.first.map { " (did you mean the file '\($0)'?)" } ?? UsageHint.didYouMean(name, registry.dataSets.names)
    return .usage(
      "'\(text)' is neither a file nor a generated data set\(hint); give the path of a CSV file, or one of: "
        + registry.dataSets.names.joined(separator: ", "))
  }

  /// The samples.
  ///
  /// - Parameters:
  ///   - text: the name of a generated data set, or a file's path.
  ///   - columns: as typed: the target, and the inputs with commas between them.
  ///   - task: as typed; nil where it was not.
  ///   - loss: the loss named by the user, which says what it wants.
  func load(
    _ text: String, columns: (target: String?, inputs: String?), task: TaskChoice? = nil, loss: AnyLoss? = nil,
    streams: NamedStreams
  ) throws -> DataSet {
    guard DataLoading.isFile(text) else {
      // A name that is no data set's comes first: it may be a file's name with a slip in it.
      let name = String(text.prefix { $0 != ":" })
      if !registry.dataSets.names.contains(name) { throw unknown(text, name) }
      if columns.target != nil || columns.inputs != nil {
        throw CommandError.usage("--target and --inputs name columns of a file, and '\(text)' is a generated data set")
      }
      if task != nil {
        throw CommandError.usage(
          "--task says what the target of a file is, and '\(text)' is a generated data set, which knows its own; leave "
            + "--task out")
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
    let inputs = columns.inputs.map { typed in
      // A name may have a comma in it.
      table.columnNames.contains(typed) ? [typed] : typed.split(separator: ",").map(String.init)
    }
    return try DataSet(
      table, selection: ColumnSelection(targets: [target], inputs: inputs),
      task: task.flatMap { TargetTask(rawValue: $0.rawValue) } ?? loss.map { TargetTask(for: $0.targetEncoding) }
        ?? .automatic)
  }
}
