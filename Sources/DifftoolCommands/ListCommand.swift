// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool list`: everything that can be named.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show what can be named on the command line, with options and defaults.",
    discussion: """
      Examples:
        difftool list
        difftool list models
        difftool list optimizers --format json
      """)

  @Argument(
    help: ArgumentHelp(
      "differentiators, models, losses, penalties, initializers, optimizers, schedules or data (default: all).",
      valueName: "kind"),
    completion: .list(Registry().kinds.map(\.plural)))
  var kind: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = DifftoolEnvironment.registry
    var kinds = registry.kinds
    if let kind {
      let names = kinds.map(\.plural)
      kinds = kinds.filter { $0.plural == kind || $0.singular == kind }
      guard !kinds.isEmpty else {
        let hint = closestName(to: kind, among: names).map { "; did you mean '\($0)'?" } ?? ""
        throw CommandError.usage("there is no kind '\(kind)'\(hint) There are: \(names.joined(separator: ", "))")
      }
    }
    let entries = kinds.flatMap(\.entries)
    let table = TextTable(
      ["kind", "name", "options", "summary"], rows: entries.map { [$0.kind, $0.name, $0.optionText, $0.summary] })
    let report = Report(
      payload: ListPayload(entries: entries), table: table,
      text: { style, width in kinds.map { section($0, style, width) }.joined(separator: "\n\n") },
      line: { _ in entries.map(\.name).joined(separator: " ") })
    try report.write(output, command: "list")
  }

  private func section(_ kind: RegistryKind, _ style: TextStyle, _ width: Int) -> String {
    var lines = [style.heading(kind.plural)]
    let column = (kind.entries.map(\.name.count).max() ?? 0) + 2
    for entry in kind.entries {
      lines.append("  " + entry.name.padded(to: column) + entry.summary)
      for option in entry.options {
        let value = option.defaultValue.map { "=\($0)" } ?? ""
        lines.append(
          style.faint("  " + "".padded(to: column) + "  \(option.name)\(value)  \(option.summary)"))
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// The JSON of `list`.
private struct ListPayload: Encodable {
  let entries: [RegistryEntry]
}
