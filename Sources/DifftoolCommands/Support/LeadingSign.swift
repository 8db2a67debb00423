// SPDX-License-Identifier: Apache-2.0

import Formulas

/// `difftool scan '-x^2' --at x=1`, `difftool explain …`: the parser takes a positional formula that begins with a sign for an option.
enum LeadingSign {
  /// The arguments with such a formula behind `--`, where everything is taken as it stands.
  static func moved(_ arguments: [String]) -> [String] {
    guard ["scan", "explain"].contains(arguments.first), !arguments.contains("--") else { return arguments }
    let index = arguments.indices.dropFirst().first { index in
      let (word, before) = (arguments[index], arguments[index - 1])
      let isValue = before.hasPrefix("--") && !before.contains("=") || before == "-o"
      guard word.hasPrefix("-"), !word.hasPrefix("--"), !isValue, !shortOptions.contains(word) else { return false }
      return word.count > 1 && (try? Formula(word)) != nil
    }
    guard let index else { return arguments }
    var result = arguments
    result.remove(at: index)
    return result + ["--", arguments[index]]
  }

  private static let shortOptions = ["-h", "-o", "-q"]
}
