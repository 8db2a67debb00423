// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// How a result is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, jsonl, csv, markdown
}

/// When colours are used.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The options that every command with a result has.
struct OutputOptions: ParsableArguments {
  @Option(name: .long, help: "table, json, jsonl, csv or markdown.")
  var format: OutputFormat = .table

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write the result to a file; - is standard output.", valueName: "file"), completion: .file())
  var output: String?

  @Option(name: .customLong("color"), help: "Colours: auto, always or never (NO_COLOR is honoured).")
  var colour: ColourChoice = .auto

  @Flag(name: .long, help: "Write ASCII characters only (others in JSON as \\u…).")
  var ascii = false

  @Flag(name: .shortAndLong, help: "Write the result in one line, and no progress.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more: options after defaults and the time, on standard error.")
  var verbose = false

  @Option(
    name: .long, help: ArgumentHelp("Take options from a file; the command line wins.", valueName: "file"),
    completion: .file())
  var config: String?

  @Flag(name: .customLong("print-config"), help: "Print these options as such a file, and do nothing else.")
  var printConfig = false

  /// The file to write to; nil for standard output.
  var path: String? { output.flatMap { ["-", "/dev/stdout"].contains($0) ? nil : $0 } }

  /// The style for this terminal.
  var style: TextStyle {
    let environment = ProcessInfo.processInfo.environment
    let allowed =
      switch colour {
      case .always: true
      case .never: false
      case .auto:
        path == nil && Terminal.isTerminal(.output) && (environment["NO_COLOR"] ?? "").isEmpty
          && environment["TERM"] != "dumb"
      }
    return TextStyle(colour: allowed, ascii: ascii)
  }

  /// The number of columns to write.
  var width: Int { path == nil ? Terminal.width(of: .output) : 80 }
}
