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
      if first == "help" {
        guard let topic = arguments.dropFirst().first, !topic.hasPrefix("-"), !names.contains(topic) else { return nil }
        return unknownCommand(topic, names)
      }
      return unknownCommand(first, names)
    }
    var (command, path) = (commands[index], first)
    let kinds = command.configuration.subcommands
    if !kinds.isEmpty, let kind = arguments.dropFirst().first, !kind.hasPrefix("-") {
      let names = kinds.compactMap { $0.configuration.commandName }
      guard let found = names.firstIndex(of: kind) else {
        return "'\(first)' has no '\(kind)'\(didYouMean(kind, names)); there are: \(names.joined(separator: ", "))"
      }
      (command, path) = (kinds[found], "\(first) \(kind)")
    }
    let options = optionNames(of: command)
    for word in arguments.dropFirst().prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
      let name = String(word.prefix { $0 != "=" })
      if !options.contains(name) {
        return "'\(path)' has no option '\(name)'\(didYouMean(name, options)); see: difftool \(path) --help"
      }
    }
    return nil
  }

  private static func unknownCommand(_ name: String, _ names: [String]) -> String {
    "there is no command '\(name)'\(didYouMean(name, names)); there are: \(names.joined(separator: ", "))"
  }

  /// What is wrong before the parser is asked: help of a command that does not exist, and values that are empty, which
  /// come of a shell variable that is not set.
  static func refusal(_ arguments: [String]) -> String? {
    if arguments.first == "help" { return unknownWord(arguments) }
    for (index, word) in arguments.enumerated() {
      if word == "--" { break }
      let before = index > 0 ? arguments[index - 1] : ""
      let option =
        word.isEmpty && before.hasPrefix("-") ? before : (word.hasPrefix("--") && word.hasSuffix("=") ? word : nil)
      if let option {
        return "\(option.prefix { $0 != "=" }) is given an empty value; give one, or leave the option out"
      }
      if word.isEmpty { return "an argument is empty; give a name or a file, or leave it out" }
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
