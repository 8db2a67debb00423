// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Table {
  /// Reads a file, or standard input for `-`.
  ///
  /// The text is UTF-8, with or without a byte order mark; the first line that is not blank is the header.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - delimiter: what separates cells; nil for the comma, semicolon or tab that the header has most of.
  /// - Throws: ``TableError`` with file, line and column.
  public init(path: String, delimiter: Character? = nil) throws {
    let source = path == "-" ? "standard input" : path
    let data = try Self.contents(ofFile: path)
    try self.init(csv: Self.text(data, source: source), source: source, delimiter: delimiter)
  }

  /// The bytes of a file, or of standard input for `-`.
  package static func contents(ofFile path: String) throws -> Data {
    do {
      return try path == "-" ? FileHandle.standardInput.readToEnd() ?? Data() : contents(path)
    } catch let error as TableError {
      throw error
    } catch {
      let source = path == "-" ? "standard input" : path
      throw TableError(.unreadable(reason: "\(error.localizedDescription)"), source: source)
    }
  }

  private static func contents(_ path: String) throws -> Data {
    guard let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    else {
      throw TableError(.unreadable(reason: "there is no such file"), source: path)
    }
    guard kind != .typeDirectory else {
      throw TableError(.unreadable(reason: "it is a folder"), source: path)
    }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw TableError(.unreadable(reason: "permission denied"), source: path)
    }
    return try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
  }

  /// The text of UTF-8 bytes, or an error with the line of the first byte that does not fit.
  package static func text(_ data: Data, source: String) throws -> String {
    if data.starts(with: [0xff, 0xfe]) || data.starts(with: [0xfe, 0xff]) {
      throw TableError(.encoding(reason: "it begins like UTF-16"), source: source)
    }
    if let text = String(validating: data, as: UTF8.self) { return text }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    throw TableError(
      .encoding(reason: "this line has a byte that does not fit"), source: source, line: bad.map { $0 + 1 })
  }
}
