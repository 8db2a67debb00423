// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import RandomStreams

/// Finds samples by a name: a generated data set, or a CSV file.
struct DataLoading {
  let registry: Registry

  init(_ registry: Registry) { self.registry = registry }

  /// Whether the text means a file rather than a data set of the registry.
  static func isFile(_ text: String) -> Bool {
    text == "-" || text.hasSuffix(".csv") || text.hasSuffix(".tsv") || text.contains("/")
      || FileManager.default.fileExists(atPath: text)
  }

  func load(_ text: String, target: String?, streams: NamedStreams) throws -> DataSet {
    guard !DataLoading.isFile(text) else {
      throw CommandError.usage("files are not read yet")
    }
    if let target {
      throw CommandError.usage("--target \(target) names a column of a file, and '\(text)' is a generated data set")
    }
    return try registry.dataSets.make(text).generate(streams: streams)
  }
}
