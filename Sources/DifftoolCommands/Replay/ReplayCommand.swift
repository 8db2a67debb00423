// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Replays

/// `difftool replay`: the teaching documents' figures, computed again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Compute the teaching documents' figures again and compare them digit by digit.",
    usage: "difftool replay (<name> | --all | --list) [<options>]",
    discussion: """
      Examples:
        difftool replay moons
        difftool replay quadratic --fix
        difftool replay parabola --seeds 0..99
        difftool replay --all
        difftool replay y3x --differentiator dual

      There are:
      \(Replays.all.map { "  \($0.name.padded(to: 16))\($0.systems.joined(separator: " "))" }.joined(separator: "\n"))

      Marks: = identical, digit by digit; ~ within the stated bound, with the
      reason; ? not repeatable, because nobody recorded what it rests on;
      ! different.

      With --fix each mistake of the document's program is shown beside the
      mended way, with what that changes.

      Exit codes: 0 every figure is identical, within its stated bound or not
      repeatable, 1 one is different, 2 a method failed, 64 wrong usage, 130
      interrupted, with what was done.
      """)

  @Argument(help: "The replay's name.", completion: .list(Replays.all.map(\.name)))
  var name: String?

  @Flag(help: "Run every replay, and write one table of all figures.")
  var all = false

  @Flag(help: "List the replays and what each shows; run none.")
  var list = false

  @Flag(help: "Show the mistakes of the document's program beside the mended way.")
  var fix = false

  @Option(
    help: ArgumentHelp(
      "The method for the gradients (default: the fastest exact one for many steps).", valueName: "method"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.differentiators.names })
  var differentiator: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run what rests on unrecorded random numbers over these seeds: 0..19.", valueName: "first..last"),
    transform: Seeds.range)
  var seeds: [UInt64]?

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    let names = Replays.all.map(\.name)
    guard [all, list, name != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("give one name, --all or --list; there are: \(names.joined(separator: ", "))")
    }
    if let name, !names.contains(name) {
      let hint = UsageHint.didYouMean(name, names)
      throw ValidationError("no replay is called '\(name)'\(hint); there are: \(names.joined(separator: ", "))")
    }
    if list, fix || seeds != nil || differentiator != nil {
      throw ValidationError("--list runs nothing: --fix, --seeds and --differentiator belong to a name or to --all")
    }
    if seeds != nil, let replay = Replays.all.first(where: { $0.name == name }), replay.defaultSeeds.isEmpty {
      let others = Replays.all.filter { !$0.defaultSeeds.isEmpty }.map(\.name)
      throw ValidationError(
        "every random number of '\(replay.name)' is known, so it runs over no seeds; --seeds is for: "
          + others.joined(separator: ", "))
    }
  }

  func run() throws {
    let again = CommandLineText.again("replay", seed: nil)
    if list {
      let report = ReplayReport(method: nil, outcomes: Replays.all.map { ReplayOutcome($0) }, isWhole: true)
      return try report.report(options: ["list": true], again: again).write(output, command: again)
    }
    let registry = DifftoolEnvironment.registry
    let method = try registry.differentiators.make(
      differentiator ?? DefaultDifferentiator(steps: DefaultDifferentiator.worthwhileSteps, in: registry).name)
    let replays = Replays.all.filter { all || $0.name == name }
    let interrupt = InterruptFlag("finishing what is under way")
    let outcomes = try run(replays, method, interrupt.flag)
    let skipped = replays.map(\.name).filter { name in !outcomes.contains { $0.name == name } }
    let report = ReplayReport(
      method: method.name, outcomes: outcomes, isWhole: all, showsTraps: fix, interrupted: skipped)
    var options: OptionRecord = [
      "name": .text(name ?? "all"), "differentiator": .text(method.name), "fix": .flag(fix),
    ]
    if let seeds { options["seeds"] = .seeds(seeds) }
    try report.report(options: options, again: again).write(output, command: again)
    if interrupt.flag.isRaised { throw ExitCode.interrupted }
    if !report.isFaithful { throw ExitCode.disagreement }
  }

  /// The replays one after the other, until Ctrl-C; what is under way then ends with the seeds it has.
  private func run(
    _ replays: [any Replay], _ method: any Differentiator, _ flag: InterruptFlag.Flag
  ) throws -> [ReplayOutcome] {
    let progress = ReplayProgress(replays, isShown: !output.quiet, ascii: output.ascii)
    defer { progress.finish() }
    var outcomes: [ReplayOutcome] = []
    for (index, replay) in replays.enumerated() where !flag.isRaised {
      let settings = ReplaySettings(
        differentiator: method, seeds: replay.defaultSeeds.isEmpty ? nil : seeds, isCancelled: { flag.isRaised },
        progress: { progress.show(index, share: $0) })
      progress.show(index, share: 0)
      do {
        outcomes.append(ReplayOutcome(replay, try replay.run(settings)))
      } catch is CancellationError {
        break
      }
    }
    return outcomes
  }
}
