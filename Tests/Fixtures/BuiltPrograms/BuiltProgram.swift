// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of this package as the package manager linked it, beside the test bundle.
package struct BuiltProgram: Sendable {
  /// The executable file.
  package let url: URL

  /// A program by the name of its product.
  package init(_ name: String) { url = Self.folder.appending(path: name) }

  /// The folder of built products, whatever the configuration and the scratch path.
  package static var folder: URL {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      return (bundle ?? .main).bundleURL.deletingLastPathComponent()
    #else
      return Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() ?? Bundle.main.bundleURL
    #endif
  }

  /// The file's bytes.
  package func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

  /// Whether the file contains a text: in a symbol, a string table, a load command.
  package func mentions(_ text: String) throws -> Bool {
    try Data(contentsOf: url).range(of: Data(text.utf8)) != nil
  }

  /// Runs the program to its end, without standard input.
  package func run(_ arguments: [String] = []) throws -> Run {
    try Run(url, arguments)
  }
}

/// What a finished program printed, and its exit code.
package struct Run: Sendable {
  /// Standard output.
  package let output: String
  /// Standard error.
  package let errors: String
  /// The exit code; a signal's number where one ended the program.
  package let exitCode: Int32

  /// Runs a program to its end, without standard input.
  ///
  /// - Parameters:
  ///   - folder: the current folder; the caller's where nil.
  ///   - environment: variables added to the caller's.
  package init(
    _ executable: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws {
    // Files take what is printed: two pipes read one after the other can wait for each other for ever, and Foundation
    // ends the process where a signal interrupts the reading of one.
    let files = ["output", "errors"].map {
      FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).\($0)")
    }
    for file in files { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    output = String(decoding: try Data(contentsOf: files[0]), as: UTF8.self)
    errors = try String(contentsOf: files[1], encoding: .utf8)
    exitCode = process.terminationStatus
  }
}
