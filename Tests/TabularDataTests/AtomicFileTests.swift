// SPDX-License-Identifier: Apache-2.0

import Foundation
import TabularData
import Testing

@Suite("Files are written whole or not at all")
struct AtomicFileTests {
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test("A new file, then another in its place, and nothing beside them")
  func replaces() throws {
    try inFolder { folder in
      let path = folder.appendingPathComponent("a.json").path
      try AtomicFile.write("first, and longer", to: path)
      try AtomicFile.write("second", to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.json"])
    }
  }

  @Test("A link stays a link; what it points to is replaced")
  func link() throws {
    try inFolder { folder in
      let target = folder.appendingPathComponent("target").path
      let link = folder.appendingPathComponent("link").path
      try AtomicFile.write("old", to: target)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      try AtomicFile.write("new", to: link)
      #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    }
  }

  @Test("A folder that is missing, and a folder in the file's place")
  func refused() throws {
    try inFolder { folder in
      let missing = folder.appendingPathComponent("none/a.json").path
      #expect(throws: FileWritingError.self) { try AtomicFile.write("x", to: missing) }
      let error = #expect(throws: FileWritingError.self) { try AtomicFile.write("x", to: folder.path) }
      #expect(error == FileWritingError(path: folder.path, reason: "it is a folder"))
    }
  }
}
