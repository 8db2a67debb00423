// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool check`: do all methods agree on a gradient?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Differentiate a model's loss by every method and say whether they agree, and if not, who is wrong.",
    discussion: """
      Examples:
        difftool check --model mlp
        difftool check --model mlp:hidden=8,activation=tanh --seeds 1..20
        difftool check --model line --loss huber --method tape,dual
        difftool check --model mlp --data iris.csv --target species
        difftool check --model mlp --mutate

      Columns: evaluations counts calls of the function (a pass with eight
      tangents, or a recording, is one); 'closest call' is the comparison with
      the largest ratio of difference to what the rule allows. With --mutate,
      wrong derivative rules are planted in one method; every one that changes
      the result by more than the rule allows must be found.

      Exit codes: 0 agree, 1 disagree or nothing shown, 2 not finite, not
      deterministic or failed, 64 wrong usage.
      """)

  @OptionGroup var problem: ProblemOptions
  @OptionGroup var methods: MethodSelection

  @Option(help: "The seed of parameters, samples and directions.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Several seeds, each a check of its own: 1..20.", valueName: "first..last"))
  var seeds: SeedRange?

  @Option(help: "The relative part of the rule.")
  var rtol: Double?

  @Option(help: "The absolute part of the rule.")
  var atol: Double?

  @Flag(help: "Plant wrong rules in one method and report how many the check finds.")
  var mutate = false

  @Option(help: ArgumentHelp("How many operations to plant each kind of error at, with --mutate.", valueName: "count"))
  var places: Int?

  @Option(help: "How many findings to show.")
  var limit = 10

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if let rtol, !(rtol >= 0 && rtol < 1) { throw ValidationError("--rtol must be in [0, 1)") }
    if let atol, !(atol >= 0 && atol.isFinite) { throw ValidationError("--atol must be a finite number, at least 0") }
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    if seeds != nil, problem.data == "-" {
      throw ValidationError("--seeds reads the data for each seed, and standard input can be read once; give a file")
    }
    if places != nil, !mutate { throw ValidationError("--places belongs to --mutate") }
    if let places, places < 1 { throw ValidationError("--places must be at least 1") }
  }

  func run() throws {
    let check = ConsensusCheck(methods: try methods.differentiators(), rule: rule, seed: seed)
    var runs: [CheckRun] = []
    for seed in seeds?.values ?? [seed] {
      var check = check
      check.seed = seed
      var problem = try problem.problem(seed: seed)
      var report = try check.run(problem.function, at: problem.parameters)
      // A dead network shows nothing; another draw may not be dead, and a model that never lives still says so.
      for _ in 0..<8 where report.verdict == .vacuous && report.comparisons > 0 {
        guard try problem.redraw() else { break }
        report = try check.run(problem.function, at: problem.parameters)
      }
      var mutation: MutationReport?
      if mutate, report.verdict == .agree {
        mutation = try check.mutationRun(problem.function, at: problem.parameters, places: places ?? 40)
      }
      runs.append(CheckRun(seed: seed, subject: problem.subject, report: report, mutation: mutation))
    }
    let result = CheckOutcome(runs: runs)
    try result.report(again: again, limit: limit).write(output, command: again)
    if let code = result.exitCode { throw code }
  }

  private var rule: ToleranceRule {
    var rule = ToleranceRule()
    if let rtol { rule.relative = rtol }
    if let atol { rule.absolute = atol }
    return rule
  }

  private var again: CommandLineText { CommandLineText.again("check", seed: seeds == nil ? seed : nil) }
}

/// `1..20` or one number.
struct SeedRange: ExpressibleByArgument {
  let values: [UInt64]

  init?(argument: String) {
    let ends = argument.replacing("..", with: " ").split(separator: " ").map { UInt64($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
      last - first < 100_000
    else { return nil }
    values = Array(first...last)
  }
}
