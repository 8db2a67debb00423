// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A page of the documentation: its fenced blocks and its links.
struct Page {
  /// A fenced block.
  struct Block: Equatable {
    /// The words after the fence: `swift`, `sh run`, `text`.
    var info: [String]
    /// The comment just above, `<!-- key: value -->`, as key and value.
    var directive: Directive?
    /// The lines between the fences.
    var lines: [String]
    /// The number of the fence's line.
    var line: Int
  }

  /// What a comment above a block says of it.
  struct Directive: Equatable {
    var key: String
    var value: String
  }

  /// The path from the package's folder.
  let path: String
  let blocks: [Block]
  /// The targets of `[text](target)` outside blocks.
  let links: [String]
  /// The headings as a link's fragment names them.
  let anchors: [String]

  init(path: String, text: String) {
    self.path = path
    var blocks: [Block] = []
    var open: Block?
    var above: Directive?
    var prose: [String] = []
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if var block = open {
        if line == "```" {
          blocks.append(block)
          open = nil
        } else {
          block.lines.append(line)
          open = block
        }
      } else if line.hasPrefix("```") {
        let info = line.dropFirst(3).split(separator: " ").map(String.init)
        open = Block(info: info, directive: above, lines: [], line: number + 1)
        above = nil
      } else {
        prose.append(line)
        if !line.allSatisfy(\.isWhitespace) { above = Self.directive(line) }
      }
    }
    self.blocks = blocks
    let joined = prose.joined(separator: "\n")
    links = joined.matches(of: #/\]\(([^()\s]+)\)/#).map { String($0.output.1) }
    anchors = prose.filter { $0.hasPrefix("#") }.map(Self.anchor)
  }

  private static func directive(_ line: String) -> Directive? {
    guard let match = line.wholeMatch(of: #/<!-- *(\w+): *(\S+) *-->/#) else { return nil }
    return Directive(key: String(match.output.1), value: String(match.output.2))
  }

  /// Lower case, hyphens for spaces, no punctuation: what the usual renderers make of a heading.
  private static func anchor(_ heading: String) -> String {
    String(
      heading.drop { $0 == "#" || $0 == " " }.lowercased().compactMap { character -> Character? in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "-" || character == "_" ? character : nil
      })
  }
}

extension Page {
  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The paths of all pages: those beside the manifest and those under docs.
  static let paths: [String] = {
    let files = FileManager.default
    let top = (try? files.contentsOfDirectory(atPath: root.path)) ?? []
    let docs = (try? files.subpathsOfDirectory(atPath: root.appending(path: "docs").path)) ?? []
    return (top + docs.map { "docs/\($0)" }).filter { $0.hasSuffix(".md") }.sorted()
  }()

  /// The paths of the modules' pages in the reference, `NAME.docc`; .ci/documentation checks what DocC knows of them.
  static let catalogs: [String] = ["Sources", "Plugins"].flatMap { folder in
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
    return files.filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }.sorted()
  }

  init(_ path: String) throws {
    self.init(path: path, text: try String(contentsOf: Self.root.appending(path: path), encoding: .utf8))
  }
}
