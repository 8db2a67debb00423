// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CheckOutcome {
  /// The planted errors for people: by kind, over all seeds, and what was not found with its seed.
  func mutationText(style: TextStyle, width: Int) -> String {
    guard let sum = mutation else {
      let why =
        runs.contains { $0.report.verdict == .vacuous }
        ? "there is nothing that they could be found by" : "the methods do not agree in the first place"
      return "\nno errors were planted: \(why)"
    }
    let seeds = runs.filter { $0.mutation != nil }.count
    var rows = Mutation.allCases.compactMap { kind in
      sum.kinds[kind.rawValue].map { row(kind.words, $0, components: sum.components) }
    }
    if rows.count > 1 {
      let all = MutationCount(planted: sum.planted, withinRule: sum.withinRule, killed: sum.killed)
      rows.append(row("all", all, components: sum.components))
    }
    let head = "errors planted \(sum.place)" + (runs.count > 1 ? ", \(counted(seeds, "seed"))" : "")
    let table = TextTable(["error", ">planted", ">no effect", ">to find", ">found", ">compared"], rows: rows)
    var lines = ["", style.heading(head), table.text(width: width, style: style), ""]
    let isComplete = runs.allSatisfy { $0.mutation?.isComplete != false }
    lines += wrapped("\(isComplete ? style.good : style.bad) \(sum.line)", width: width, indent: 0).map {
      isComplete ? style.success($0) : style.failure($0)
    }
    for run in runs {
      for mutant in (run.mutation?.survivors ?? []).prefix(10) {
        lines += wrapped(
          "not found: " + (runs.count > 1 ? "seed \(run.seed), " : "")
            + "\(mutant.mutation.words) at \(mutant.place), ratio \(NumberText.error(mutant.ratio))",
          width: width, indent: 2)
      }
      if let mutation = run.mutation, mutation.relevant == 0 {
        lines += wrapped(
          (runs.count > 1 ? "seed \(run.seed): " : "") + "no planted error has an effect here, so nothing was shown",
          width: width, indent: 2)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ name: String, _ count: MutationCount, components: Int) -> [String] {
    [name] + [count.planted, count.withinRule, count.relevant, count.killed, components].map { "\($0)" }
  }

  /// One row for each seed and kind, for CSV and Markdown; a seed without planted errors has one row.
  var mutationTable: TextTable {
    TextTable(
      [">seed", "verdict", "method", "kind", ">planted", ">no effect", ">to find", ">found", ">components"],
      rows: runs.flatMap { run -> [[String]] in
        let head = ["\(run.seed)", run.report.verdict.rawValue]
        guard let mutation = run.mutation else { return [head + Array(repeating: "", count: 7)] }
        return Mutation.allCases.compactMap { kind in
          mutation.kinds[kind.rawValue].map {
            head + [mutation.host, kind.rawValue]
              + [$0.planted, $0.withinRule, $0.relevant, $0.killed, mutation.components].map { "\($0)" }
          }
        }
      })
  }
}

extension MutationReport {
  /// Where they were planted. A recording has no method: its derivative stands in for one's.
  var place: String {
    switch site {
    case .operations: "in recorded operations for \(host)"
    case .components: "in components of \(host)"
    }
  }

  /// What became of the planted errors, in one line.
  var line: String {
    "\(killed) of \(relevant) planted errors found (\(planted) \(place), \(withinRule) without effect beyond the rule; "
      + "\(counted(components, "component")) compared for each)"
  }
}

extension Mutation {
  /// For people.
  var words: String {
    switch self {
    case .sign: "sign"
    case .factor: "factor"
    case .droppedTerm: "dropped term"
    case .zero: "zero"
    case .percent: "percent"
    }
  }
}
