// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file of options for one command: lines `name = value`, a flag as its name alone, `#` before a remark.
///
/// ```text
/// # difftool train --config run.conf
/// model = mlp:hidden=16x16
/// data = moons
/// no-progress
/// ```
///
/// Everything after the first `=` is the value, so that formulas need no quotes. An option that may be repeated may have
/// several lines.
struct ConfigurationFile {
  struct Line {
    let number: Int
    let name: String
    /// Nil for a name alone.
    let value: String?
  }

  let path: String
  let lines: [Line]

  /// Reads a file.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError.runtime("--config: '\(path)' cannot be read; is there such a file?")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw CommandError.runtime("--config: '\(path)' is not text in UTF-8")
    }
    try self.init(path: path, text: text)
  }

  /// Reads the lines of a text.
  init(path: String, text: String) throws {
    self.path = path
    lines = try text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .compactMap { index, line in
        let line = Self.trimmed(line)
        guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
        let name = Self.trimmed(line.prefix { $0 != "=" })
        let value = line.firstIndex(of: "=").map { Self.trimmed(line[line.index(after: $0)...]) }
        let place = "\(path), line \(index + 1)"
        guard !name.isEmpty, !name.contains(where: \.isWhitespace) else {
          throw CommandError.usage("\(place): '\(line)' is not 'name = value'; write, for instance, format = json")
        }
        if value == "" { throw CommandError.usage("\(place): \(name) has no value; give one, or remove the line") }
        return Line(number: index + 1, name: name.hasPrefix("--") ? String(name.dropFirst(2)) : name, value: value)
      }
  }

  private static func trimmed(_ text: some StringProtocol) -> String { text.trimmingCharacters(in: .whitespaces) }
}
