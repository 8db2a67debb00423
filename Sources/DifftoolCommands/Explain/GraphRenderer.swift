// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Draws graphs with the program dot of Graphviz.
struct GraphRenderer {
  let program: String

  /// The program of the search path.
  init(searchPath: String? = ProcessInfo.processInfo.environment["PATH"]) throws {
    let found = (searchPath ?? "").split(separator: ":").lazy.map { "\($0)/dot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw CommandError.runtime(
        "the graph is drawn by Graphviz, and its program 'dot' is not in the search path; install it "
          + "(Debian, Ubuntu: sudo apt-get install graphviz), or take --dot, --mermaid or --html, which need nothing")
    }
    program = found
  }

  /// The picture in a format of Graphviz.
  func picture(of graph: String, as format: String) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "graph-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, picture, errors) = ("graph.dot", "picture", "errors")
    func file(_ name: String) -> URL { folder.appending(path: name) }
    try Data(graph.utf8).write(to: file(source))
    try Data().write(to: file(errors))
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["-T\(format)", "-o", file(picture).path, file(source).path]
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: file(errors))
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = try? Data(contentsOf: file(picture)), !data.isEmpty else {
      let message = (try? String(contentsOf: file(errors), encoding: .utf8)) ?? ""
      throw CommandError.runtime("dot drew nothing (exit code \(process.terminationStatus)): \(message)")
    }
    return data
  }
}
