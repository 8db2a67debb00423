// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CertifiedProblems
import CurveFitting
import Differentiation
import DifferentiationCore

/// `difftool nist`: the certified problems, and how many of their digits a fit reaches.
struct NistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nist",
    abstract: "Fit NIST's certified problems and count the digits that are right.",
    discussion: """
      Examples:
        difftool nist
        difftool nist --problem Bennett5,MGH09
        difftool nist --method dual,complex-step,finite-difference
        difftool nist --set linear
        difftool nist --format csv --output nist.csv

      The problems are NIST's Statistical Reference Datasets: 27 nonlinear ones
      with two starts each, and 11 linear ones. Each is given as its formula and
      its data; nothing is tuned to a problem.

      'digits' is the number of digits of the worst parameter that equal the
      certified ones, 'SE' that of the worst standard error, both at most
      11; 'said' is what the fit itself says of its digits. A fit that is called
      converged with fewer than 4 digits is 'wrong'.

      'exact' is the fit's own method: dual numbers, and exact second derivatives.

      Exit codes: 0 every fit has 4 digits and none is wrong, 1 some has not, 2 the
      tool failed, 64 wrong usage, 130 interrupted with Ctrl-C, after what is finished.
      """)

  @Option(help: ArgumentHelp("Which problems (default: all).", valueName: "names"))
  var problem: [String] = []

  @Option(help: "nonlinear, linear or all.")
  var set: NistSet = .all

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Differentiators, exact or all; may be repeated (default: exact).", valueName: "method"),
    completion: .custom { _, _, _ in ["exact", "all"] + DifftoolEnvironment.registry.differentiators.names })
  var method: [String] = []

  @Option(parsing: .unconditional, help: "Which of NIST's starts, 1 or 2 (default: both).")
  var start: Int?

  @Option(parsing: .unconditional, help: "A fit of fewer digits is not called converged.")
  var digits = 6.0

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if let start, ![1, 2].contains(start) { throw ValidationError("--start is 1 or 2") }
    guard digits >= 0, digits <= 15 else { throw ValidationError("--digits must be from 0 to 15") }
  }

  func run() throws {
    let problems = try chosen()
    let methods = try chosenMethods()
    let interrupt = InterruptFlag("ending the fit")
    let line = FitProgressLine()
    let (runs, planned) = try run(problems, methods, interrupt.flag, line)
    line.finish()
    guard planned > 0 else {
      throw CommandError.usage("no fit is left: the linear sets have one start; leave --start out")
    }
    if interrupt.flag.isRaised { Terminal.note("interrupted: \(runs.count) of \(planned) fits were made") }
    let report = NistReport(runs: runs, methods: methods.map(\.name))
    let again = CommandLineText.again("nist", seed: nil)
    let options: OptionRecord = [
      "problem": .list(problems.map(\.name)), "set": .text(set.rawValue), "method": .list(methods.map(\.name)),
      "digits": .number(digits),
    ]
    var record = options
    record["start"] = .optional(start)
    try Report(
      payload: report, options: record, table: report.table(NumberText.exact),
      text: { style, width in report.text(style, width, again: again) }, line: { report.line($0) }
    ).write(output, command: again)
    if interrupt.flag.isRaised { throw ExitCode.interrupted }
    if !report.isGood { throw ExitCode.disagreement }
  }

  /// The fits, and how many there are to make.
  private func run(
    _ problems: [CertifiedProblem], _ methods: [(name: String, method: (any Differentiator)?)],
    _ flag: InterruptFlag.Flag, _ line: FitProgressLine
  ) throws -> ([NistRun], Int) {
    let starts = problems.map { problem in
      problem.startsOrZero.enumerated().filter { start == nil || start == $0.offset + 1 }
    }
    let planned = methods.count * starts.reduce(0) { $0 + $1.count }
    var runs: [NistRun] = []
    for (name, method) in methods {
      for (problem, starts) in zip(problems, starts) {
        let curve = try problem.parsedCurve()
        for (index, values) in starts {
          if flag.isRaised { return (runs, planned) }
          let words = "fit \(runs.count + 1)/\(planned)  \(problem.name) from start \(index + 1), "
          var fit = try NistRun.fit(problem, curve, from: values)
          fit.method = method
          fit.requiredDigits = digits
          fit.isCancelled = { flag.isRaised }
          fit.progress = { line.show($0, before: words) }
          let run = NistRun(problem, fit, start: index + 1, name: name)
          if !flag.isRaised { runs.append(run) }
        }
      }
    }
    return (runs, planned)
  }

  private func chosen() throws -> [CertifiedProblem] {
    let all: [CertifiedProblem] =
      switch set {
      case .nonlinear: CertifiedProblem.nonlinear
      case .linear: CertifiedProblem.linear
      case .all: CertifiedProblem.nonlinear + CertifiedProblem.linear
      }
    let names = problem.flatMap { $0.split(separator: ",").map(String.init) }
    guard !names.isEmpty else { return all }
    return try names.map { name in
      guard let found = all.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw CommandError.usage(
          "--problem: there is no problem '\(name)'\(UsageHint.didYouMean(name, all.map(\.name))); there are: "
            + all.map(\.name).joined(separator: ", "))
      }
      return found
    }
  }

  /// The methods by name; nil is the fit's own.
  private func chosenMethods() throws -> [(name: String, method: (any Differentiator)?)] {
    let catalog = DifftoolEnvironment.registry.differentiators
    let words = method.flatMap(MethodSelection.split)
    var result: [(name: String, method: (any Differentiator)?)] = []
    for word in words.isEmpty ? ["exact"] : words {
      if word == "exact" || word == "all" { result.append(("exact", nil)) }
      if word != "exact" {
        result += try (word == "all" ? catalog.names : [word]).map { name in
          let made = try catalog.make(name)
          return (made.name, made)
        }
      }
    }
    var seen: Set<String> = []
    return result.filter { seen.insert($0.name).inserted }
  }
}

/// `--set`.
enum NistSet: String, ExpressibleByArgument, CaseIterable {
  case nonlinear, linear, all
}
