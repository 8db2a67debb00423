// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DifferentiationCore

/// The check for one seed.
struct CheckRun: Encodable {
  let seed: UInt64
  let subject: CheckSubject
  let report: CheckReport
  let mutation: MutationReport?
}

/// The checks of a command: one, or one for each seed.
struct CheckOutcome {
  let runs: [CheckRun]

  /// The worst run: what a script sees first.
  var worst: CheckRun {
    runs.max { severity($0) < severity($1) } ?? runs[0]
  }

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
  func report(again: CommandLineText, limit: Int) -> Report<CheckPayload> {
    Report(
      payload: CheckPayload(outcome: self), seed: runs.count == 1 ? runs[0].seed : nil,
      table: runs.count == 1 ? runs[0].report.componentTable : seedTable,
      text: { style, width in text(again: again, limit: limit, style: style, width: width) },
      line: { style in runs.count == 1 ? runs[0].report.verdictLine(style) : seedLine(style) })
  }

  private func text(again: CommandLineText, limit: Int, style: TextStyle, width: Int) -> String {
    let run = worst
    var lines = run.subject.lines(width: width, style: style)
    if runs.count == 1 {
      lines.append("seed \(run.seed), value \(run.report.value.map { NumberText.value($0) }.joined(separator: " "))")
    }
    if runs.count > 1, run.report.verdict == .agree {
      var table = seedTable
      table.columns.removeLast()
      table.rows = table.rows.map { $0.dropLast() }
      lines += ["", table.text(width: width, style: style), "", seedLine(style)]
      lines += wrapped("rule: \(run.report.ruleText)", width: width, indent: 2).map(style.faint)
      lines.append(style.faint(again.lines("  again:", width: width)))
    } else {
      if runs.count > 1 {
        lines += [
          "", seedTable.text(width: width, style: style), "", seedLine(style), "", "the worst seed, \(run.seed):",
        ]
      }
      lines = [run.report.text(lines, again: again, limit: limit, style: style, width: width)]
    }
    for mutation in runs.compactMap(\.mutation) { lines.append(mutation.text(style: style, width: width)) }
    return lines.joined(separator: "\n")
  }

  private func seedLine(_ style: TextStyle) -> String {
    let agreeing = runs.filter { $0.report.verdict == .agree }.count
    let text = "\(agreeing) of \(runs.count) seeds agree"
    return agreeing == runs.count ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")
  }

  private var seedTable: TextTable {
    TextTable(
      [">seed", "verdict", ">components", ">zero", ">closest ratio", "summary"],
      rows: runs.map { run in
        [
          "\(run.seed)", run.report.verdict.rawValue, "\(run.report.components)", "\(run.report.zeroComponents)",
          run.report.worst.map { NumberText.error($0.ratio) } ?? "", run.report.summary,
        ]
      })
  }
}

/// The JSON of `check`: the worst run's report at the top level, all runs below.
struct CheckPayload: Encodable {
  let outcome: CheckOutcome

  private enum Key: String, CodingKey { case subject, mutation, runs }

  func encode(to encoder: any Encoder) throws {
    let worst = outcome.worst
    try worst.report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(worst.subject, forKey: .subject)
    try container.encodeIfPresent(worst.mutation, forKey: .mutation)
    if outcome.runs.count > 1 { try container.encode(outcome.runs, forKey: .runs) }
  }
}

extension CheckSubject {
  /// The head of a report.
  func lines(width: Int, style: TextStyle) -> [String] {
    wrapped(
      "\(model): \(loss) on \(counted(samples, "\(data) sample")), \(counted(parameters, "parameter")) from \(initializer)"
        + (draw.map { ", draw \($0): at those before every derivative was zero" } ?? ""),
      width: width,
      indent: 0
    ).map(style.heading)
  }
}

extension MutationReport {
  /// The report of a mutation run for people.
  func text(style: TextStyle, width: Int) -> String {
    let table = TextTable(
      ["wrong rule", ">planted", ">found"],
      rows: kinds.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value[0])", "\($0.value[1])"] })
    let relevant = planted - withinRule
    let line =
      "\(killed) of \(relevant) wrong rules found (\(planted) planted, \(withinRule) change nothing beyond the rule, "
      + "\(components) components compared each)"
    var lines = ["", table.text(width: width, style: style), ""]
    let place =
      switch site {
      case .operations: "planted in the recorded operations, whose derivative then stands in for that of \(host)"
      case .components: "planted in the components of \(host)"
      }
    lines += wrapped("\(isComplete ? style.good : style.bad) \(line)", width: width, indent: 0).map {
      isComplete ? style.success($0) : style.failure($0)
    }
    lines += wrapped(place, width: width, indent: 2).map(style.faint)
    for mutant in survivors.prefix(10) {
      lines.append(
        "  not found: \(mutant.mutation.rawValue) at \(mutant.place), ratio \(NumberText.error(mutant.ratio))")
    }
    return lines.joined(separator: "\n")
  }
}
