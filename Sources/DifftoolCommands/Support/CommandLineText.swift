// SPDX-License-Identifier: Apache-2.0

/// The command that reproduces a report.
enum CommandLineText {
  /// The arguments as given, quoted for a shell, with the seed that was used.
  static func again(_ command: String, seed: UInt64?) -> String {
    var words = DifftoolEnvironment.arguments.isEmpty ? [command] : DifftoolEnvironment.arguments
    if let seed, !words.contains(where: { $0 == "--seed" || $0.hasPrefix("--seed=") }) {
      words += ["--seed", "\(seed)"]
    }
    return (["difftool"] + words.map(quoted)).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let safe = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=:,./@+%".contains($0) }
    return safe && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
