// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import Foundation
import TabularData

/// The files that a command writes.
struct WrittenFiles {
  var checkpoint: String?
  var save: String?
  var history: String?
  var plot: String?
  var output: String?

  private var named: [(option: String, path: String)] {
    [
      ("--checkpoint", checkpoint), ("--save", save), ("--history", history), ("--plot", plot), ("--output", output),
    ].compactMap { option, path in path.map { (option, $0) } }
  }

  /// Refuses to write over a file that is read.
  func requireApart(from inputs: [String?]) throws {
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    let read = Set(inputs.compactMap { $0 }.filter { $0 != "-" }.map(place))
    for (option, path) in named where read.contains(place(path)) && !path.hasPrefix("/dev/") {
      throw ValidationError("\(option) would write over '\(path)', which is read; give another file")
    }
  }

  /// What the command line alone shows to be wrong.
  func validate() throws {
    if let history, ![".csv", ".jsonl", ".ndjson"].contains(where: history.hasSuffix), !history.hasPrefix("/dev/") {
      throw ValidationError("--history writes .csv or .jsonl, by the ending of the name; '\(history)' has neither")
    }
    for (option, path) in named where path == "-" {
      throw ValidationError(
        "\(option) writes a file, and '-' is none; give a name (standard output, where the report goes, is /dev/stdout)"
      )
    }
    for (index, one) in named.enumerated() {
      if let other = named.dropFirst(index + 1).first(where: { $0.path == one.path }), !one.path.hasPrefix("/dev/") {
        throw ValidationError("\(one.option) and \(other.option) name the same file '\(one.path)'; give two")
      }
    }
  }

  /// What would fail only at the end.
  func requireWritable() throws {
    let files = FileManager.default
    func kind(_ path: String) -> FileAttributeType? {
      (try? files.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
    for (_, path) in named {
      let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      let folder = url.deletingLastPathComponent().path
      switch kind(url.path) {
      case .some(.typeDirectory): throw FileWritingError(path: path, reason: "it is a folder")
      case .some: break
      case nil where kind(folder) != .typeDirectory:
        throw FileWritingError(path: path, reason: "its folder does not exist")
      case nil where !files.isWritableFile(atPath: folder):
        throw FileWritingError(path: path, reason: "its folder may not be written to")
      case nil: break
      }
    }
  }
}
