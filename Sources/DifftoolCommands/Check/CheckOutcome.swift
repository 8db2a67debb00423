// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DifferentiationCore
import Explanations

/// The check for one seed.
struct CheckRun: Encodable {
  let seed: UInt64
  let subject: CheckSubject
  let report: CheckReport
  let mutation: MutationReport?
  /// The operation at which the methods part.
  let parting: FirstParting?

  /// The largest ratio of difference to rule.
  var ratio: Double { report.worst?.ratio ?? 0 }
}

/// The checks of a command: one, or one for each seed.
struct CheckOutcome {
  let runs: [CheckRun]
  /// Whether errors were to be planted.
  let isMutated: Bool
  /// What to add where the methods are one witness only.
  let hint: String?
  /// The command that shows what was checked operation by operation, where that helps.
  var next: CommandLineText?

  /// The worst run: what a script sees first. Of equally bad ones, that with the largest ratio.
  var worst: CheckRun {
    runs.max { (severity($0), $0.ratio) < (severity($1), $1.ratio) } ?? runs[0]
  }

  /// All planted errors of all seeds.
  var mutation: MutationReport? { MutationReport(summing: runs.compactMap(\.mutation)) }

  /// The worst verdict's; 1 as well where a planted error was not found.
  var exitCode: ExitCode? {
    let code = worst.report.verdict.exitCode
    if code != 0 { return ExitCode(code) }
    return runs.contains { $0.mutation?.isComplete == false } ? .disagreement : nil
  }

  private func severity(_ run: CheckRun) -> Int {
    let verdicts: [Verdict] = [
      .agree, .vacuous, .inconclusive, .disagree, .notFinite, .notDeterministic, .failed,
    ]
    let place = verdicts.firstIndex(of: run.report.verdict) ?? 0
    return 2 * place + (run.mutation?.isComplete == false ? 1 : 0)
  }

  /// The outcome in every form.
  func report(options: OptionRecord, again: CommandLineText, limit: Int) -> Report<CheckPayload> {
    Report(
      payload: CheckPayload(outcome: self), options: options, seed: runs.count == 1 ? runs[0].seed : nil,
      table: isMutated ? mutationTable : (runs.count == 1 ? runs[0].report.componentTable : seedTable),
      text: { style, width in text(again: again, limit: limit, style: style, width: width) },
      line: line)
  }

  private func line(_ style: TextStyle) -> String {
    var verdict = runs.count == 1 ? runs[0].report.verdictLine(style) : seedLine(style)
    if let parting = worst.parting { verdict += "; \(parting.text)" }
    if let hint, [.agree, .vacuous].contains(worst.report.verdict) { verdict += "; \(hint)" }
    guard isMutated else { return verdict }
    return verdict + "; " + (mutation.map(\.line) ?? "no errors planted")
  }

  private func text(again: CommandLineText, limit: Int, style: TextStyle, width: Int) -> String {
    let run = worst
    var lines = run.subject.lines(width: width, style: style)
    if runs.count == 1 {
      let value = run.report.value.map { NumberText.value($0) }.joined(separator: " ")
      lines.append("seed \(run.seed)" + (value.isEmpty ? "" : ", value \(value)"))
    }
    if runs.count > 1, run.report.verdict == .agree {
      lines += ["", shownSeedTable.text(width: width, style: style), "", seedLine(style)]
      lines += run.report.ruleLines(style, width: width)
      lines.append(style.faint(again.lines("  again:", width: width)))
    } else {
      if runs.count > 1 {
        lines += [
          "", shownSeedTable.text(width: width, style: style), "", seedLine(style), "", "the worst seed, \(run.seed):",
        ]
      }
      lines = [
        run.report.text(
          lines, parting: run.parting, next: next, again: again, limit: limit, style: style, width: width, hint: hint)
      ]
    }
    if isMutated { lines.append(mutationText(style: style, width: width)) }
    return lines.joined(separator: "\n")
  }

  private func seedLine(_ style: TextStyle) -> String {
    let agreeing = runs.filter { $0.report.verdict == .agree }.count
    let text = "\(agreeing) of \(runs.count) seeds agree"
    return agreeing == runs.count ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")
  }

  /// One row a seed.
  private var seedTable: TextTable {
    TextTable(
      [">seed", "verdict", ">components", ">zero", ">ratio", "parameter", "summary"],
      rows: runs.map { run in
        [
          "\(run.seed)", run.report.verdict.rawValue, "\(run.report.components)", "\(run.report.zeroComponents)",
          run.report.worst.map { NumberText.exact($0.ratio) } ?? "", run.report.worst?.parameter ?? "",
          run.report.summary,
        ]
      })
  }

  /// … for people: with what was planted, and the summaries only where not all agree.
  private var shownSeedTable: TextTable {
    let agrees = worst.report.verdict == .agree
    var table = TextTable(
      [">seed", "verdict", ">components", ">zero", ">ratio"]
        + (isMutated ? [">planted", ">no effect", ">to find", ">found"] : []))
    if !agrees, !isMutated { table.columns.append(TextTable.Column(title: "summary", alignment: .left)) }
    table.rows = runs.map { run in
      var row = [
        "\(run.seed)", run.report.verdict.words, "\(run.report.components)", "\(run.report.zeroComponents)",
        run.report.worst.map { NumberText.error($0.ratio) } ?? "",
      ]
      if isMutated {
        let count = run.mutation.map { [$0.planted, $0.withinRule, $0.relevant, $0.killed] } ?? []
        row += count.isEmpty ? ["", "", "", ""] : count.map { "\($0)" }
      } else if !agrees {
        row.append(run.report.summary)
      }
      return row
    }
    return table
  }
}

/// The JSON of `check`: the worst run's report at the top level, the planted errors of all, all runs below.
struct CheckPayload: Encodable {
  let outcome: CheckOutcome

  private enum Key: String, CodingKey { case subject, mutation, parting, runs }

  func encode(to encoder: any Encoder) throws {
    let worst = outcome.worst
    try worst.report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(worst.subject, forKey: .subject)
    try container.encodeIfPresent(outcome.mutation, forKey: .mutation)
    try container.encodeIfPresent(worst.parting, forKey: .parting)
    if outcome.runs.count > 1 { try container.encode(outcome.runs, forKey: .runs) }
  }
}

extension CheckSubject {
  /// A formula's point, in the order in which it was given.
  var place: String {
    order.compactMap { name in at?[name].map { "\(name) = \(NumberText.short($0))" } }.joined(separator: ", ")
  }

  /// The head of a report.
  func lines(width: Int, style: TextStyle) -> [String] {
    if let formula {
      return wrapped("\(formula) at \(place)", width: width, indent: 0).map(style.heading)
    }
    let data = data ?? ""
    var from = counted(samples ?? 0, "\(data) sample")
    if let rows, rows > samples ?? 0 { from = "\(samples ?? 0) of \(counted(rows, "\(data) sample"))" }
    if let scale, scale != ScaleChoice.none.rawValue { from += scale == "all" ? " (scaled)" : " (inputs scaled)" }
    return wrapped(
      "\(model ?? ""): \(loss ?? "") on \(from), \(counted(parameters, "parameter")) from \(initializer ?? "")"
        + (draw.map { ", draw \($0): at those before every derivative was zero" } ?? ""),
      width: width,
      indent: 0
    ).map(style.heading)
  }
}
