// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Replays

/// `difftool replay`: the teaching documents' figures, computed again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Compute a teaching document's printed figures again and compare them digit by digit.",
    usage: "difftool replay (<name> | --all) [<options>]",
    discussion: """
      Examples:
        difftool replay moons
        difftool replay --all
        difftool replay y3x --differentiator dual

      There are:
      \(Replays.all.map { "  \($0.name.padded(to: 11))\($0.source)" }.joined(separator: "\n"))

      Exit codes: 0 every figure is identical or within its stated bound, 1 one
      is not, 2 a method failed, 64 wrong usage.
      """)

  @Argument(help: "The replay's name.", completion: .list(Replays.all.map(\.name)))
  var name: String?

  @Flag(help: "Run every replay.")
  var all = false

  @Option(
    help: ArgumentHelp("The method for the gradients.", valueName: "method"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.differentiators.names })
  var differentiator = "tape"

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    let names = Replays.all.map(\.name)
    if all == (name != nil) {
      throw ValidationError("give one name, or --all; there are: \(names.joined(separator: ", "))")
    }
    if let name, !names.contains(name) {
      let hint = UsageHint.didYouMean(name, names)
      throw ValidationError("no replay is called '\(name)'\(hint); there are: \(names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let method = try DifftoolEnvironment.registry.differentiators.make(differentiator)
    let replays = Replays.all.filter { all || $0.name == name }
    let results = try replays.map {
      ReplayOutcome(name: $0.name, source: $0.source, result: try $0.run(differentiator: method))
    }
    let rows = results.flatMap { outcome in
      outcome.result.figures.map { [outcome.name, $0.name, $0.document, $0.computed, $0.comparison.rawValue] }
    }
    let again = CommandLineText.again("replay", seed: nil)
    let faithful = results.allSatisfy(\.result.isFaithful)
    let report = Report(
      payload: ReplayPayload(differentiator: method.name, replays: results),
      options: ["name": .text(name ?? "all"), "differentiator": .text(method.name)],
      table: TextTable(["replay", "figure", "document", "computed", "comparison"], rows: rows),
      text: { style, width in
        (results.map { $0.text(style: style, width: width) } + [style.faint(again.lines("again:", width: width))])
          .joined(separator: "\n\n")
      },
      line: { style in
        let count = rows.filter { $0[4] != ReplayFigure.Comparison.different.rawValue }.count
        return "\(faithful ? style.good : style.bad) \(count) of \(rows.count) figures as in the document"
      })
    try report.write(output, command: again)
    if !faithful { throw ExitCode.disagreement }
  }
}

/// The JSON of `replay`.
private struct ReplayPayload: Encodable {
  let differentiator: String
  let replays: [ReplayOutcome]
}

/// One replay with its result.
private struct ReplayOutcome: Encodable {
  let name: String
  let source: String
  let result: ReplayResult

  /// Every figure of the document beside the computed one.
  func text(style: TextStyle, width: Int) -> String {
    var lines = [style.heading("\(name): \(source)")]
    let figures = result.figures
    // What is not a figure itself, such as the line of each seed.
    lines += result.lines.filter { line in !figures.contains { line.hasSuffix($0.computed) } }.map { "  \($0)" }
    lines.append("")
    lines += figures.flatMap { $0.lines(style, width: width) }
    let identical = figures.filter { $0.comparison == .identical }.count
    let different = figures.filter { $0.comparison == .different }.count
    let bounded = figures.count - identical - different
    let text =
      "\(identical) figures identical" + (bounded > 0 ? ", \(bounded) within the stated bound" : "")
      + (different == 0 ? "" : ", \(different) different")
    lines.append("")
    lines.append(different == 0 ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)"))
    for remark in result.remarks { lines += wrapped(remark, width: width, indent: 2) }
    return lines.joined(separator: "\n")
  }
}

extension ReplayFigure {
  /// The same, near enough, or different: one character in any alphabet.
  fileprivate func mark(_ style: TextStyle) -> String {
    switch comparison {
    case .identical: style.success("=")
    case .withinBound: style.success("~")
    case .different: style.failure("!")
    }
  }

  /// The document's figure beside the computed one where that fits, else above it character by character.
  fileprivate func lines(_ style: TextStyle, width: Int) -> [String] {
    let (name, document, computed) = (style.text(name), style.text(document), style.text(computed))
    let line = " \(name): document \(document), here \(computed)"
    if line.count < width { return [mark(style) + line] }
    // Many of the documents' lines begin with their name.
    let head = document.lowercased().hasPrefix(name.lowercased()) ? [] : ["  " + name]
    return head + ["  doc  " + document, "\(mark(style)) here " + computed]
  }
}
