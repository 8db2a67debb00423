// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// What the argument parser knows of a command: the words of its help, in parts. For the manual page and for
/// configuration files.
struct CommandDescription: Decodable {
  /// An option, a flag or a word without a name.
  struct Argument: Decodable {
    enum Kind: String, Decodable {
      case positional, option, flag
    }

    struct Name: Decodable {
      let kind: String
      let name: String

      /// As typed: `--format`, `-o`.
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: Kind
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// The name without dashes; what help calls the value, where it has no name.
    var key: String { preferredName?.name ?? valueName ?? "" }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandDescription]?

  /// The whole tool, with its subcommands.
  static func tool() throws -> CommandDescription {
    struct Dump: Decodable {
      let command: CommandDescription
    }
    return try JSONDecoder().decode(Dump.self, from: Data(Difftool._dumpHelp().utf8)).command
  }

  /// A command, by its name; nil where there is none.
  static func command(_ name: String) throws -> CommandDescription? {
    try tool().subcommands?.first { $0.commandName == name }
  }
}
