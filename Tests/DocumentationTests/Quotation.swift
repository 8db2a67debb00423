// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The part of a source file that a page quotes: `path`, or `path#section`.
///
/// Without a section, all but the licence line; with one, the lines between `// begin: section` and `// end: section`,
/// moved to the left edge.
enum Quotation {
  /// Why a part cannot be had.
  struct NotFound: Error, CustomStringConvertible {
    let description: String
  }

  static func lines(_ reference: String) throws -> [String] {
    let parts = reference.split(separator: "#", maxSplits: 1).map(String.init)
    guard let path = parts.first, let text = try? String(contentsOf: Page.root.appending(path: path), encoding: .utf8)
    else { throw NotFound(description: "\(reference): there is no such file") }
    return try lines(of: text, section: parts.count > 1 ? parts[1] : nil, reference: reference)
  }

  static func lines(of text: String, section: String?, reference: String) throws -> [String] {
    let lines = text.components(separatedBy: "\n")
    guard let section else {
      return trimmed(lines.filter { !$0.hasPrefix("// SPDX-License-Identifier") })
    }
    func line(_ marker: String) -> Int? {
      lines.firstIndex { $0.drop { $0 == " " } == "// \(marker): \(section)" }
    }
    guard let begin = line("begin"), let end = line("end"), begin < end else {
      throw NotFound(description: "\(reference): the file has no lines '// begin: \(section)' and '// end: \(section)'")
    }
    let margin = lines[begin].prefix { $0 == " " }.count
    return trimmed(lines[(begin + 1)..<end].map { String($0.dropFirst(min(margin, $0.prefix { $0 == " " }.count))) })
  }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines[...]
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return Array(lines)
  }
}
