// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `difftool manual`: the manual page, made of the same words as `--help`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page of all commands, for man.",
    discussion: """
      Examples:
        difftool manual | man -l -
        mkdir -p ~/.local/share/man/man1
        difftool manual > ~/.local/share/man/man1/difftool.1   and then: man difftool

      It is made of the words of every command's --help, so that it says what this
      version does, with the plug-ins that are in it.

      Exit codes: 0 printed, 64 wrong usage.
      """)

  @Flag(name: .long, help: "Write ASCII characters only.")
  var ascii = false

  func run() throws {
    let page = ManualPage(try CommandDescription.tool()).text
    try Terminal.writeOutput(ascii ? asciiOnly(page) : page)
  }
}

/// A manual page in the language of `man` (groff's man macros).
struct ManualPage {
  let text: String

  init(_ tool: CommandDescription) {
    let commands = (tool.subcommands ?? []).filter { $0.commandName != "help" }
    var lines = [
      ".TH \(Self.quoted(tool.commandName.uppercased())) 1 \"\" \(Self.quoted("difftool \(difftoolVersion)"))",
      ".SH NAME",
      "\(tool.commandName) \\- \(Self.escaped(Self.lowercased(tool.abstract ?? "")))",
      ".SH SYNOPSIS",
      ".B \(tool.commandName)",
      ".I command",
      "[options]",
      ".SH DESCRIPTION",
    ]
    lines += Self.preformatted(tool.discussion ?? "")
    lines.append(".SH COMMANDS")
    for command in commands {
      lines += [".TP", ".B \(Self.escaped(command.commandName))", Self.escaped(command.abstract ?? "")]
    }
    for command in commands {
      lines += Self.section(command, named: command.commandName)
      for kind in command.subcommands ?? [] where kind.commandName != "help" {
        lines += Self.section(kind, named: "\(command.commandName) \(kind.commandName)")
      }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandDescription, named name: String) -> [String] {
    var lines = [".SH \(quoted("difftool \(name)".uppercased()))", escaped(command.abstract ?? "")]
    lines += preformatted(command.discussion ?? "")
    for argument in command.arguments ?? [] where argument.shouldDisplay {
      let names = (argument.names ?? []).map { "\\fB\(escaped($0.typed))\\fR" }.joined(separator: ", ")
      let value = argument.kind == .flag ? "" : "\\fI\(escaped(argument.valueName ?? ""))\\fR"
      let standard = argument.defaultValue.map { " (default: \(escaped($0)))" } ?? ""
      lines += [
        ".TP", [names, value].filter { !$0.isEmpty }.joined(separator: " "),
        escaped(argument.abstract ?? "") + standard,
      ]
    }
    return lines
  }

  /// Lines as they stand: examples and tables of the help.
  private static func preformatted(_ text: String) -> [String] {
    text.isEmpty
      ? []
      : [".PP", ".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) } + [
        ".fi"
      ]
  }

  /// Text that is not taken for a request: no dot or apostrophe at the start of a line, no hyphen for a minus.
  private static func escaped(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text).replacing("\"", with: "\\(dq"))\"" }

  private static func lowercased(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
