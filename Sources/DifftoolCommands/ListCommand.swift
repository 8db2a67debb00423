// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool list`: everything that can be named.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show what can be named on the command line, with options and defaults.",
    usage: "difftool list [<kind> | <name>] [<options>]",
    discussion: """
      Examples:
        difftool list
        difftool list models
        difftool list mlp
        difftool list optimizers --format json

      A name with its options is written mlp:hidden=16x16,activation=tanh. Where
      a single name is asked for, the values that each option takes are shown.

      Exit codes: 0 listed, 2 the file of --output cannot be written, 64 wrong
      usage.
      """)

  @Argument(
    help: ArgumentHelp(
      "differentiators, models, losses, penalties, initializers, optimizers, schedules, data or curves, or a name "
        + "(default: all).",
      valueName: "kind"),
    completion: .list(Registry().kinds.map(\.plural)))
  var kind: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let (kinds, isDetailed) = try selection(DifftoolEnvironment.registry.kinds)
    let entries = kinds.flatMap(\.entries)
    let table = TextTable(
      ["kind", "name", "options", "summary"], rows: entries.map { [$0.kind, $0.name, $0.optionText, $0.summary] })
    let report = Report(
      payload: ListPayload(entries: entries), options: ["kind": .text(kind ?? "all")], table: table,
      text: { style, width in
        kinds.map { $0.text(style, width: width, isDetailed: isDetailed) }.joined(separator: "\n\n")
      },
      line: { _ in entries.map(\.name).joined(separator: " ") })
    try report.write(output, command: CommandLineText.again("list", seed: nil))
  }

  /// All kinds, one of them, or the entries of one name.
  private func selection(_ all: [RegistryKind]) throws -> (kinds: [RegistryKind], isDetailed: Bool) {
    guard let kind else { return (all, false) }
    let ofKind = all.filter { $0.plural == kind || $0.singular == kind }
    if !ofKind.isEmpty { return (ofKind, false) }
    let named = all.compactMap { $0.selecting(name: kind) }
    if !named.isEmpty { return (named, true) }
    let names = all.map(\.plural)
    let close = closestName(to: kind, among: names + all.flatMap { $0.entries.map(\.name) })
    throw CommandError.usage(
      "nothing is called '\(kind)'\(close.map { " (did you mean '\($0)'?)" } ?? ""); give a name, or one of the kinds: "
        + names.joined(separator: ", "))
  }
}

extension RegistryKind {
  /// The kind with the entry of a name alone; nil where there is none.
  fileprivate func selecting(name: String) -> RegistryKind? {
    let matching = entries.filter { $0.name == name }
    return matching.isEmpty ? nil : RegistryKind(singular: singular, plural: plural, entries: matching)
  }

  /// For people: names with summaries, and below each its options.
  fileprivate func text(_ style: TextStyle, width: Int, isDetailed: Bool) -> String {
    var lines = [style.heading(plural)]
    let column = (entries.map(\.name.count).max() ?? 0) + 4
    for entry in entries {
      let summary = wrapped(style.text(entry.summary), width: width, indent: column, hanging: 0)
      lines.append(("  " + entry.name).padded(to: column) + summary[0].dropFirst(column))
      lines += summary.dropFirst()
      for option in entry.options {
        let expected = isDetailed ? " (\(option.expected))" : ""
        // The sign that no line is broken at keeps the two spaces together.
        let text = option.assignment + "\u{A0} " + style.text(option.summary + expected)
        lines += wrapped(text, width: width, indent: column + 2).map { style.faint($0.replacing("\u{A0}", with: " ")) }
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// The JSON of `list`.
private struct ListPayload: Encodable {
  let entries: [RegistryEntry]
}
