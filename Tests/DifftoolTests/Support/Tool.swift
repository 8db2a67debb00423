// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

/// The built `difftool`, in a folder of its own that is removed at the end.
struct Tool {
  /// The current folder of every run.
  let folder: URL
  /// The name of the program: `difftool`, or one with other methods.
  var program = "difftool"

  /// Runs a body with the tool.
  static func use(_ program: String = "difftool", _ body: (Tool) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(Tool(folder: folder, program: program))
  }

  /// The package's own folder: of `Samples/data`.
  static var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// What a terminal would bring in must not decide a test.
  static let environment = ["NO_COLOR": "", "TERM": "xterm", "COLUMNS": "80"]

  /// Runs the tool with arguments as one line, split at spaces.
  func callAsFunction(_ line: String, environment: [String: String] = [:]) throws -> Run {
    try run(line.split(separator: " ").map(String.init), environment: environment)
  }

  /// Runs the tool.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try Run(
      BuiltProgram(program).url, arguments, in: folder,
      environment: Tool.environment.merging(environment) { $1 })
  }

  /// Runs a line of a shell in which `difftool` is the built one.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> Run {
    let search = BuiltProgram.folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    return try Run(
      URL(filePath: "/bin/sh"), ["-c", line], in: folder,
      environment: Tool.environment.merging(environment) { $1 }.merging(["PATH": search]) { $1 })
  }

  /// What the tool writes to standard error where that is a terminal of 80 columns.
  func onTerminal(_ arguments: [String]) throws -> String {
    let terminal = try PseudoTerminal()
    let process = Process()
    process.executableURL = BuiltProgram("difftool").url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(Tool.environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal.end
    try process.run()
    try terminal.end.close()
    let text = terminal.readToEnd()
    process.waitUntilExit()
    return text
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// A file of the folder.
  func read(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

  /// The names in the folder.
  func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
}

/// The cells of CSV text, quotation marks read as RFC 4180 has them.
func cells(ofCSV text: String) -> [[String]] {
  var rows: [[String]] = [[""]]
  var quoted = false
  let characters = Array(text)
  var index = 0
  while index < characters.count {
    let character = characters[index]
    let next = index + 1 < characters.count ? characters[index + 1] : nil
    switch (character, quoted) {
    case ("\"", true) where next == "\"":
      rows[rows.count - 1][rows[rows.count - 1].count - 1].append("\"")
      index += 1
    case ("\"", _): quoted.toggle()
    case (",", false): rows[rows.count - 1].append("")
    case ("\n", false): if next != nil { rows.append([""]) }
    default: rows[rows.count - 1][rows[rows.count - 1].count - 1].append(character)
    }
    index += 1
  }
  return rows
}

/// The cells of a Markdown table, without the line of dashes.
func cells(ofMarkdown text: String) -> [[String]] {
  text.split(separator: "\n").filter { !$0.hasPrefix("|-") }.map { line in
    line.dropFirst().dropLast().replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces).replacing("\u{1}", with: "|") }
  }
}
