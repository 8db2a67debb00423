// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The fields that docs/json.md names, by section.
struct FieldPage {
  /// Section → its fields, without those that only refer to others.
  private(set) var fields: [String: Set<String>] = [:]
  /// Section → prefix of a path → what stands in its place: a section's name, a field's, or nothing.
  private var references: [String: [(prefix: String, target: String)]] = [:]

  static let common = "Every command"

  init() throws {
    self.init(text: try String(contentsOf: Page.root.appending(path: "docs/json.md"), encoding: .utf8))
  }

  init(text: String) {
    var section = ""
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      guard line.hasPrefix("| `"), let cell = line.split(separator: "|").first else { continue }
      for match in cell.matches(of: #/`([^`]+)`/#) {
        let field = String(match.output.1)
        if let range = field.range(of: "…") {
          references[section, default: []].append(
            (String(field[..<range.lowerBound]), String(field[range.upperBound...])))
        } else {
          fields[section, default: []].insert(field)
        }
      }
    }
  }

  /// The section and the field that a path in a section means; nil where the page names none.
  func field(_ path: String, in section: String) -> (section: String, field: String)? {
    for home in [section, Self.common] {
      if let field = fields[home]?.first(where: { Self.matches($0, path) }) { return (home, field) }
    }
    for (prefix, target) in references[section] ?? [] where path.hasPrefix(prefix) {
      let rest = String(path.dropFirst(prefix.count))
      // The section itself, a group of fields here or of a training, or another section: there without the reference's
      // own name, or with it.
      let homes = [section, "train"].filter { home in fields[home]?.contains { $0.hasPrefix("\(target).") } ?? false }
      if target.isEmpty {
        if let found = field(rest, in: section) { return found }
      } else if let home = homes.first {
        if let found = field("\(target).\(rest)", in: home) { return found }
      } else if target != section, let found = field(rest, in: target) ?? field(prefix + rest, in: target) {
        return found
      }
    }
    return nil
  }

  /// Whether a field's name, with parts in capitals for any name, is a path.
  static func matches(_ field: String, _ path: String) -> Bool {
    let (names, parts) = (field.split(separator: "."), path.split(separator: "."))
    return names.count == parts.count
      && zip(names, parts).allSatisfy { $0 == $1 || $0.allSatisfy(\.isUppercase) }
  }

  /// The paths of a JSON value's fields. An empty list counts as one with elements, an empty object as nothing.
  static func paths(_ value: Any, _ prefix: String = "") -> [String] {
    switch value {
    case let object as [String: Any]:
      return object.flatMap { paths($1, prefix.isEmpty ? $0 : "\(prefix).\($0)") }
    case let list as [Any]:
      return list.isEmpty ? [] : list.flatMap { paths($0, prefix + "[]") }
    default: return [prefix]
    }
  }
}
