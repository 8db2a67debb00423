// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Explanations

/// What was checked, for the head of a report.
struct CheckSubject: Encodable {
  var model: String?
  var loss: String?
  var data: String?
  var samples: Int?
  /// How many rows the data have that the samples were drawn from; nil for random samples.
  var rows: Int?
  /// How the columns were scaled; nil for random samples.
  var scale: String?
  /// In place of a model's loss: a formula, and its variables' values.
  var formula: String?
  var at: [String: Double]?
  /// The variables in the order in which they were given.
  var order: [String] = []
  var parameters: Int
  var initializer: String?
  /// Which draw of the parameters this is; nil for the first.
  var draw: Int?

  // Everything but the order, which the JSON's objects do not have.
  private enum CodingKeys: String, CodingKey {
    case model, loss, data, samples, rows, scale, formula, at, parameters, initializer, draw
  }
}

extension CheckReport {
  /// The report for people: methods, verdict, worst comparison, findings worst first, the rule, the way to repeat it.
  func text(
    _ subject: [String], parting: FirstParting?, next: CommandLineText?, again: CommandLineText, limit: Int,
    style: TextStyle, width: Int, hint: String? = nil
  ) -> String {
    var lines = subject
    lines.append("")
    lines.append(methodTable.text(width: width, style: style))
    lines.append("")
    lines += verdictLines(style, width: width)
    if let worst, verdict != .vacuous {
      lines += wrapped(
        "\(verdict == .agree ? "closest call" : "worst"): \(worst.parameter): "
          + zip(worst.methods, worst.values).map { "\($0) \(NumberText.value($1, digits: 12))" }.joined(separator: ", ")
          + "; difference \(NumberText.error(worst.difference)), allowed \(NumberText.error(worst.allowed))",
        width: width, indent: 2)
    }
    if let hint { lines += wrapped(hint, width: width, indent: 2) }
    lines += findingLines(limit: limit, style: style, width: width)
    if let parting { lines += wrapped(parting.text, width: width, indent: 2) + [""] }
    lines += ruleLines(style, width: width)
    if let next { lines.append(style.faint(next.lines("  next:", width: width))) }
    lines.append(style.faint(again.lines("  again:", width: width)))
    return lines.joined(separator: "\n")
  }

  /// The rule, and which methods are one witness.
  func ruleLines(_ style: TextStyle, width: Int) -> [String] {
    let witnesses = witnesses
    let shared = witnesses.filter { $0.count > 1 }.map { $0.joined(separator: ", ") }
    let text =
      "witnesses: \(witnesses.count) (\(shared.joined(separator: "; ")) share their derivative rules and count as one)"
    let counted = shared.isEmpty ? [] : wrapped(text, width: width, indent: 2)
    return (counted + wrapped("rule: \(ruleText)", width: width, indent: 2)).map(style.faint)
  }

  /// The verdict for a whole report, where the closest call has a line of its own.
  private func verdictLines(_ style: TextStyle, width: Int) -> [String] {
    let known = worst.map { "; closest call \($0.parameter)" } ?? ""
    let short = verdict == .agree && summary.hasSuffix(known) ? String(summary.dropLast(known.count)) : summary
    let word = "\(verdict == .agree ? style.good : style.bad) \(verdict.words)"
    var lines = wrapped("\(word): \(style.text(short))", width: width, indent: 0)
    lines[0] = (verdict == .agree ? style.success(word) : style.failure(word)) + lines[0].dropFirst(word.count)
    return lines
  }

  /// The verdict in one line, with a mark and a word.
  func verdictLine(_ style: TextStyle) -> String {
    let word = "\(verdict == .agree ? style.good : style.bad) \(verdict.words)"
    return (verdict == .agree ? style.success(word) : style.failure(word)) + ": " + summary
  }

  /// One row a method.
  var methodTable: TextTable {
    TextTable(
      ["method", ">evaluations", ">time", "result"],
      rows: methods.map { method in
        let result = result(method)
        return [method.name, "\(method.evaluations)", NumberText.duration(method.seconds), result]
      })
  }

  private func result(_ method: MethodReport) -> String {
    switch method.participation {
    case .unsupported, .failed: "took no part: \(method.failure ?? "")"
    case .notAsked: "not asked"
    case .compared where comparisons == 0 && verdict == .vacuous: "nothing to compare it with"
    case .compared, .screened:
      method.blamed > 0
        ? "outside the consensus in \(counted(method.blamed, "component"))"
        : method.participation == .screened ? "agrees (along random directions)" : "agrees"
    }
  }

  private func findingLines(limit: Int, style: TextStyle, width: Int) -> [String] {
    guard !findings.isEmpty else { return [] }
    var lines = [""]
    for finding in findings.prefix(limit) {
      let mark = finding.breaksAgreement ? style.failure(style.bad) : style.warning("!")
      lines += wrapped(finding.explanation + " [\(finding.cause.words)]", width: width - 2, indent: 2)
        .enumerated().map { $0 == 0 ? mark + $1.dropFirst(1) : "\($1)" }
      let values = methods.compactMap { method in
        finding.values[method.name].map { "\(method.name) \(NumberText.value($0, digits: 10))" }
      }
      let slopes = finding.slopes.map {
        "; slopes left \(NumberText.value($0[0], digits: 8)), right \(NumberText.value($0[1], digits: 8))"
      }
      lines += wrapped(values.joined(separator: ", ") + (slopes ?? ""), width: width, indent: 4)
    }
    if findings.count > limit { lines.append("  and \(findings.count - limit) more (--limit \(findings.count))") }
    lines.append("")
    return lines
  }
}

extension Verdict {
  /// For people.
  var words: String {
    switch self {
    case .agree: "agree"
    case .disagree: "disagree"
    case .notFinite: "not finite"
    case .notDeterministic: "not deterministic"
    case .vacuous: "nothing shown"
    case .inconclusive: "inconclusive"
    case .failed: "failed"
    }
  }
}

extension Cause {
  /// For people.
  var words: String {
    switch self {
    case .wrongRule: "wrong rule"
    case .truncation: "truncation"
    case .roundoff: "roundoff"
    case .kink: "kink"
    case .jump: "jump"
    case .domainEdge: "domain edge"
    case .notFinite: "not finite"
    case .staleBranch: "stale branch"
    case .undecided: "undecided"
    case .shape: "wrong shape"
    case .inconclusive: "inconclusive"
    }
  }
}
