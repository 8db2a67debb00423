// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool check`: do all methods agree on a gradient?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Differentiate a model's loss, or a formula, by every method and say whether they agree, and if not, who is wrong.",
    discussion: """
      Examples:
        difftool check --model mlp
        difftool check --model mlp:hidden=8,activation=tanh --seeds 1..20
        difftool check --model line --loss huber --method tape,dual
        difftool check --model mlp --data iris.csv --target species
        difftool check --formula 'x*sin(y)/hypot(x, y)' --at x=1,y=2
        difftool check --formula 'x*sin(y)' --at x=1,y=2 \
          --hand-written 'x=sin(y),y=x*cos(y)'
        difftool check --model mlp --mutate
        difftool check --model mlp --format csv --output components.csv

      The rule, printed with each report: methods a and b agree on a component
      where |a-b| <= 2(ea+eb) + R max(|a|,|b|) + 1e-11 s + A.
        ea, eb  the methods' own error estimates; 0 for an exact method
        s       the size of the terms that the component is the sum of, over
                all paths of the chain rule: roundoff is relative to it
        R, A    --rtol (1e-9) and --atol (1e-185)
      'ratio' is difference / allowed: above 1 the rule is broken. Methods with
      the same derivative rules, such as tape and dual, are one witness.

      Where methods differ, the function is walked back, operation by operation, to
      the one where they part: they agree on its operands, and not on it.

      Evaluations are calls of the function (a pass with eight tangents, or a
      recording, is one); 'closest call' is the comparison with the largest
      ratio.

      With --mutate, wrong derivative rules are planted in one method, one at a
      time, at --places operations each. The derivative of an operation is made
      \(Mutation.allCases.map { "  \($0.words.padded(to: 14))\($0.summary)" }.joined(separator: "\n"))
      'no effect' counts those that move no component by more than the rule
      allows; all others are 'to find', and every one must be found.

      CSV and Markdown have one row for each component: verdict, cause, blamed,
      the two methods furthest apart with difference, allowed and ratio, then
      each method's value and error; with --seeds one row a seed, with --mutate
      one row for each seed and kind.

      Exit codes: 0 agree, 1 disagree or nothing shown, 2 not finite, not
      deterministic or failed, 64 wrong usage.
      """)

  @OptionGroup var problem: ProblemOptions
  @OptionGroup var methods: MethodSelection

  @Option(
    parsing: .unconditional, help: "The seed of parameters, samples and directions (default: 0).", transform: Seeds.one)
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Several seeds, each a check of its own: 1..20.", valueName: "first..last"),
    transform: Seeds.range)
  var seeds: [UInt64]?

  @Option(parsing: .unconditional, help: "R, the relative part of the rule (default: 1e-9).")
  var rtol: Double?

  @Option(parsing: .unconditional, help: "A, the absolute part of the rule (default: 1e-185).")
  var atol: Double?

  @Flag(help: "Plant wrong rules in one method and report how many the check finds.")
  var mutate = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many operations to plant errors at, with --mutate (default: 40).", valueName: "count"))
  var places: Int?

  @Option(
    name: .customLong("hand-written"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Your own derivatives of a formula, to be judged beside the methods: 'x=sin(y),y=x*cos(y)'.",
      valueName: "name=formula,…"))
  var handWritten: [String] = []

  @Option(parsing: .unconditional, help: "How many findings to show.")
  var limit = 10

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    try problem.requireSubject()
    if let rtol, !(rtol >= 0 && rtol < 1) { throw ValidationError("--rtol must be in [0, 1)") }
    if let atol, !(atol >= 0 && atol.isFinite) { throw ValidationError("--atol must be a finite number, at least 0") }
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    if seed != nil, seeds != nil {
      throw ValidationError("--seed is one seed and --seeds are several; leave one of them out")
    }
    if seeds != nil, problem.formula != nil {
      throw ValidationError(
        "--seeds draws a model's parameters, and a formula has its point; give several by --at, one a call")
    }
    try Seeds.requireRepeatable(problem.samples.data, for: seeds)
    if places != nil, !mutate { throw ValidationError("--places belongs to --mutate") }
    if !handWritten.isEmpty, problem.formula == nil {
      throw ValidationError("--hand-written belongs to --formula; for a model, give the gradient from Swift")
    }
    if let places, places < 1 { throw ValidationError("--places must be at least 1") }
  }

  func run() throws {
    try WrittenFiles(output: output.path).requireApart(from: [problem.samples.data])
    var check = ConsensusCheck(methods: try methods.differentiators(), rule: rule)
    check.keepsComponents = output.format != .table
    var runs: [CheckRun] = []
    var options: OptionRecord = [:]
    let interrupt = InterruptFlag("finishing this seed")
    for seed in seeds ?? [seed ?? 0] {
      if interrupt.flag.isRaised { break }
      check.seed = seed
      var problem = try problem.problem(seed: seed)
      if !handWritten.isEmpty { problem.function.handWritten = try HandWrittenGradient(handWritten, problem).rows }
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
      runs.append(
        CheckRun(
          seed: seed, subject: problem.subject, report: report, mutation: mutation,
          parting: report.parting(of: problem, methods: check.methods, rule: check.rule)))
      options = problem.options
    }
    var result = CheckOutcome(runs: runs, isMutated: mutate, hint: hint(check.methods))
    if ![.agree, .vacuous].contains(result.worst.report.verdict) { result.next = problem.explaining(result.worst) }
    options.add(record(check))
    try result.report(options: options, again: again, limit: limit).write(output, command: again)
    if interrupt.flag.isRaised { throw ExitCode.interrupted }
    if let code = result.exitCode { throw code }
  }

  private var rule: ToleranceRule {
    var rule = ToleranceRule()
    if let rtol { rule.relative = rtol }
    if let atol { rule.absolute = atol }
    return rule
  }

  /// The command's own options after defaults.
  private func record(_ check: ConsensusCheck) -> OptionRecord {
    var record: OptionRecord = [
      "method": .list(check.methods.map(\.name)), "rtol": .number(check.rule.relative),
      "atol": .number(check.rule.absolute), "mutate": .flag(mutate), "limit": .integer(limit),
    ]
    if let seeds { record["seeds"] = .seeds(seeds) } else { record["seed"] = .seed(seed ?? 0) }
    if !handWritten.isEmpty { record["hand-written"] = .list(handWritten) }
    if mutate { record["places"] = .integer(places ?? 40) }
    return record
  }

  private var again: CommandLineText { CommandLineText.again("check", seed: seeds == nil ? seed ?? 0 : nil) }

  /// What to add where the methods are one witness only.
  private func hint(_ methods: [any Differentiator]) -> String? {
    guard let first = methods.first, Set(methods.map(\.traits.ruleFamily)).count == 1 else { return nil }
    let catalog = DifftoolEnvironment.registry.differentiators
    let others = catalog.names.compactMap { try? catalog.make($0) }
      .filter { $0.traits.ruleFamily != first.traits.ruleFamily }
    guard let other = others.first(where: { $0.traits.accuracy == .exact }) ?? others.first else { return nil }
    return "for a second witness: --method \((methods.map(\.name) + [other.name]).joined(separator: ","))"
      + ", or leave --method out for all"
  }
}
