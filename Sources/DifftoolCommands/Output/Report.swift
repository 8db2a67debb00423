// SPDX-License-Identifier: Apache-2.0

import Differentiation
import FiniteDifferences
import Foundation
import TabularData

/// A result in every form that a command can write.
struct Report<Payload: Encodable> {
  /// The contract for scripts.
  var payload: Payload
  /// The options after defaults.
  var options: OptionRecord
  /// The seed, where one was used.
  var seed: UInt64?
  /// The result as a table, for CSV, Markdown and lines of JSON.
  var table: TextTable
  /// The result for people: whole, and in one line.
  var text: (TextStyle, _ width: Int) -> String
  var line: (TextStyle) -> String

  /// Writes the report where the options say.
  func write(_ options: OutputOptions, command: CommandLineText) throws {
    var content: String
    switch options.format {
    case .table:
      content = options.quiet ? line(options.style) : text(options.style, options.width)
    case .json: content = try json(command.text)
    case .jsonl: content = try table.jsonLines()
    case .csv: content = table.csv
    case .markdown: content = table.markdown
    }
    if options.verbose { Terminal.note(verboseLines()) }
    if options.ascii {
      content = [.json, .jsonl].contains(options.format) ? asciiJSON(content) : asciiOnly(content)
    }
    if let path = options.path {
      try AtomicFile.write(content + "\n", to: path)
    } else {
      try Terminal.writeOutput(content + "\n")
    }
  }

  /// Writes the JSON to a file of its own.
  func save(to path: String, command: CommandLineText) throws {
    try AtomicFile.write(try json(command.text) + "\n", to: path)
  }

  /// What --verbose adds: every option after defaults, and the time since the start.
  private func verboseLines() -> String {
    let record = options.values.sorted { $0.key < $1.key }.map { "  \($0.key) = \($0.value.text)" }
    let elapsed = DifftoolEnvironment.started.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let head = "difftool \(difftoolVersion), Swift \(ToolVersions.compiler), GSL \(GSLInformation.version)"
    let lines = [head] + (record.isEmpty ? [] : ["options after defaults:"] + record)
    return (lines + ["done in \(NumberText.duration(seconds))"]).joined(separator: "\n")
  }

  private func json(_ command: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let envelope = Envelope(payload: payload, options: options, seed: seed, command: command)
    return String(decoding: try encoder.encode(envelope), as: UTF8.self)
  }
}

/// The payload with what every report says of itself, at one level.
private struct Envelope<Payload: Encodable>: Encodable {
  let payload: Payload
  let options: OptionRecord
  let seed: UInt64?
  let command: String

  private enum Key: String, CodingKey {
    case schemaVersion, tool, toolVersion, swiftVersion, gslVersion, command, options, seed
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(1, forKey: .schemaVersion)
    try container.encode("difftool", forKey: .tool)
    try container.encode(difftoolVersion, forKey: .toolVersion)
    try container.encode(ToolVersions.compiler, forKey: .swiftVersion)
    try container.encode(GSLInformation.version, forKey: .gslVersion)
    try container.encode(command, forKey: .command)
    try container.encode(options, forKey: .options)
    try container.encodeIfPresent(seed, forKey: .seed)
    try payload.encode(to: encoder)
  }
}
