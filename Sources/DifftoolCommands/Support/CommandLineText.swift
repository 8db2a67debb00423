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
  /// stand.
  func lines(_ label: String, width: Int) -> String {
    let margin = String(repeating: " ", count: label.prefix { $0 == " " }.count + 4)
    var lines: [String] = []
    var line = label
    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      if index > 0, line.count + 1 + word.count + (isLast ? 0 : 2) > width {
        lines.append(line + " \\")
        line = margin + word
      } else {
        line += " " + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private static func quoted(_ word: String) -> String {
    let safe = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=:,./@+%".contains($0) }
    return safe && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
