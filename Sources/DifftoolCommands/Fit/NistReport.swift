// SPDX-License-Identifier: Apache-2.0

import CertifiedProblems
import Foundation

/// What `nist` found: every fit, and one row a method.
struct NistReport: Encodable {
  let runs: [NistRun]
  let summary: [Summary]

  /// One method over a set of problems.
  struct Summary: Encodable {
    let differentiator: String
    /// nonlinear or linear.
    let set: String
    let fits: Int
    /// Fits with at least so many digits in every parameter.
    let digits4: Int
    let digits6: Int
    let digits8: Int
    let digits10: Int
    /// … in every standard error.
    let errorDigits4: Int
    let errorDigits6: Int
    let errorDigits10: Int
    /// Called converged with fewer than 4 digits.
    let wrong: Int
    let medianMilliseconds: Double
  }

  init(runs: [NistRun], methods: [String]) {
    self.runs = runs
    let linear = Set(CertifiedProblem.linear.map(\.name))
    summary = methods.flatMap { method in
      ["nonlinear", "linear"].compactMap { set in
        let part = runs.filter { $0.differentiator == method && linear.contains($0.problem) == (set == "linear") }
        guard !part.isEmpty else { return nil }
        let times = part.map { $0.seconds * 1e3 }.sorted()
        func count(_ least: Double) -> Int { part.count { $0.digits >= least } }
        func errors(_ least: Double) -> Int { part.count { $0.errorDigits >= least } }
        return Summary(
          differentiator: method, set: set, fits: part.count, digits4: count(4), digits6: count(6), digits8: count(8),
          digits10: count(10), errorDigits4: errors(4), errorDigits6: errors(6), errorDigits10: errors(10),
          wrong: part.count(where: \.isWrong), medianMilliseconds: times[times.count / 2])
      }
    }
  }

  /// Whether every fit has four digits, and none is called converged that has not.
  var isGood: Bool { runs.allSatisfy { $0.digits >= 4 && !$0.isWrong } }

  /// One row a fit.
  func table(_ number: (Double) -> String) -> TextTable {
    TextTable(
      [
        "problem", ">start", "method", ">digits", ">SE digits", ">said", "status", ">evaluations", ">seconds", "remark",
      ],
      rows: runs.map { run in
        [
          run.problem, "\(run.start)", run.differentiator, number(run.digits), number(run.errorDigits),
          number(run.statedDigits), run.status, "\(run.evaluations)", NumberText.exact(run.seconds), run.remark,
        ]
      })
  }

  private var shownTable: TextTable {
    let hasMethods = Set(runs.map(\.differentiator)).count > 1
    let hasRemarks = runs.contains { !$0.remark.isEmpty }
    let one = { (x: Double) in x.isFinite ? String(format: "%.1f", x) : "0.0" }
    return TextTable(
      ["problem", ">start"] + (hasMethods ? ["method"] : [])
        + [">digits", ">SE digits", ">said", "status", hasMethods ? ">evals" : ">evaluations", ">time"]
        + (hasRemarks ? ["remark"] : []),
      rows: runs.map { run in
        [run.problem, "\(run.start)"] + (hasMethods ? [run.differentiator] : [])
          + [
            one(run.digits), one(run.errorDigits), one(run.statedDigits), run.status, "\(run.evaluations)",
            NumberText.duration(run.seconds),
          ] + (hasRemarks ? [run.remark] : [])
      })
  }

  private var summaryTable: TextTable {
    // One set for several methods: its column would only make the table too wide.
    let hasSets = Set(summary.map(\.set)).count > 1 || summary.count == 1
    return TextTable(
      ["method"] + (hasSets ? ["set"] : []) + [
        ">fits", ">>=4", ">>=6", ">>=8", ">>=10", ">SE>=4", ">SE>=6", ">SE>=10", ">wrong",
        ">ms median",
      ],
      rows: summary.map { s in
        [s.differentiator] + (hasSets ? [s.set] : [])
          + [
            s.fits, s.digits4, s.digits6, s.digits8, s.digits10, s.errorDigits4, s.errorDigits6, s.errorDigits10,
            s.wrong,
          ].map { "\($0)" } + [NumberText.value(s.medianMilliseconds, digits: 3)]
      })
  }

  func line(_ style: TextStyle) -> String {
    let good = runs.count { $0.digits >= 4 }
    let text =
      "\(good) of \(runs.count) fits have 4 digits or more in every parameter, \(runs.count { $0.digits >= 10 }) have 10; "
      + "\(runs.count(where: \.isWrong)) wrong ones called converged"
    return isGood ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")
  }

  func text(_ style: TextStyle, _ width: Int, again: CommandLineText) -> String {
    [
      shownTable.text(width: width, style: style), "", summaryTable.text(width: width, style: style), "",
      wrapped(line(.init(colour: false, ascii: style.ascii)), width: width, indent: 0).joined(separator: "\n"),
      style.faint(again.lines("  again:", width: width)),
    ].joined(separator: "\n")
  }
}

extension NistRun {
  /// What the numbers do not say.
  var remark: String {
    if let failure { return failure }
    if isWrong { return "wrong, called converged" }
    return isSecondMinimum ? "a true second minimum" : ""
  }
}
