// SPDX-License-Identifier: Apache-2.0

/// The command that reproduces a report.
struct CommandLineText {
  /// The words, each quoted for a shell where it needs that.
  let words: [String]

  /// Words as a shell passes them on.
  init(_ words: [String]) { self.words = words.map(Self.quoted) }

  /// The arguments as given, with the seed that was used.
  static func again(_ command: String, seed: UInt64?) -> CommandLineText {
    var words = DifftoolEnvironment.arguments.isEmpty ? [command] : DifftoolEnvironment.arguments
    if let seed, !words.contains(where: { $0 == "--seed" || $0.hasPrefix("--seed=") }) {
      words += ["--seed", "\(seed)"]
    }
    return CommandLineText(["difftool"] + words)
  }

  /// One line, for files.
  var text: String { words.joined(separator: " ") }

  /// Lines of at most `width` where the words allow it, with a backslash before each break: they can be pasted as they
  /// stand. An option and its value stay together where they fit into a line.
  func lines(_ label: String, width: Int) -> String {
    let margin = String(repeating: " ", count: label.prefix { $0 == " " }.count + 4)
    var lines: [String] = []
    var line = label
    let parts = self.parts(room: width - margin.count - 2)
    for (index, word) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if index > 0, line.count + 1 + word.count + (isLast ? 0 : 2) > width {
        lines.append(line + " \\")
        line = margin + word
      } else {
        line += " " + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// The words, each option with the word behind it unless that is an option itself, or both are longer than `room`.
  private func parts(room: Int) -> [String] {
    var parts: [String] = []
    var isOpen = false
    for word in words {
      if isOpen, !word.hasPrefix("--"), let last = parts.last, last.count + 1 + word.count <= room {
        parts[parts.count - 1] = last + " " + word
        isOpen = false
      } else {
        parts.append(word)
        isOpen = word.hasPrefix("--") && !word.contains("=") || word == "-o"
      }
    }
    return parts
  }

  private static func quoted(_ word: String) -> String {
    let safe = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=:,./@+%".contains($0) }
    return safe && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
