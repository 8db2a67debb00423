// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DifferentiationCore

/// What the parser's own message does not say: which word of a wrong command line is unknown, and what is close to it.
///
/// The parser reports a missing option first, and `--modl mlp` is both an unknown option and a missing `--model`.
enum UsageHint {
  /// A message for the first unknown command or option; nil where all are known and something else is wrong.
  static func unknownWord(_ arguments: [String]) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-") else { return nil }
    let commands = Difftool.configuration.subcommands
    let names = commands.compactMap { $0.configuration.commandName }
    guard let index = names.firstIndex(of: first) else {
      if first == "help" { return nil }
      return "there is no command '\(first)'\(didYouMean(first, names)); there are: \(names.joined(separator: ", "))"
    }
    let options = optionNames(of: commands[index])
    for word in arguments.dropFirst().prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
      let name = String(word.prefix { $0 != "=" })
      if !options.contains(name) {
        return "'\(first)' has no option '\(name)'\(didYouMean(name, options)); see: difftool \(first) --help"
      }
    }
    return nil
  }

  /// ` (did you mean 'x'?)`, or nothing.
  static func didYouMean(_ name: String, _ known: [String]) -> String {
    closestName(to: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
  }

  /// The long options of a command, from its help: the parser has no other list.
  private static func optionNames(of command: any ParsableCommand.Type) -> [String] {
    let help = Difftool.helpMessage(for: command, columns: 200)
    return help.split(separator: "\n").flatMap { line -> [String] in
      let words = line.split(separator: " ")
      guard line.hasPrefix("  -") else { return [] }
      return words.prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }.filter { $0.hasPrefix("--") }.map {
        String($0.prefix { $0.isLetter || $0 == "-" })
      }
    }
  }
}
