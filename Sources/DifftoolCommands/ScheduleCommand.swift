// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool schedule`: the learning rate of every step.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Print or plot a schedule of the learning rate.",
    usage: "difftool schedule <schedule> [<options>]",
    discussion: """
      Examples:
        difftool schedule cosine:total=50
        difftool schedule one-cycle:total=60 --steps 60 --lr 0.1 --plot
        difftool schedule step:size=10,gamma=0.5 --format csv

      Step 0 is the first optimizer step. A schedule that ends, and is not told
      when (total=STEPS), ends with the steps shown, as it does in a training.

      Exit codes: 0 shown, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("The schedule, with options: cosine:total=50.", valueName: "schedule"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.schedules.names })
  var schedule: String

  @Option(parsing: .unconditional, help: "The base learning rate.")
  var lr = 0.1

  @Option(parsing: .unconditional, help: "How many steps to show.")
  var steps = 60

  @Flag(help: "Draw the rates in the terminal.")
  var plot = false

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if steps < 1 || steps > 10_000_000 { throw ValidationError("--steps must be from 1 to 10000000") }
    if !(lr > 0 && lr.isFinite) { throw ValidationError("--lr must be a finite number above 0") }
    if plot, output.quiet { throw ValidationError("--plot draws, and --quiet leaves one line; drop one of them") }
    if plot, output.format != .table { throw ValidationError("--plot belongs to --format table") }
  }

  func run() throws {
    let schedule = try DifftoolEnvironment.registry.schedules.make(schedule, suggestions: ["total": .integer(steps)])
    let rates = (0..<steps).map { schedule.learningRate(at: $0, base: lr) }
    let again = CommandLineText.again("schedule", seed: nil)
    let rows = rates.enumerated().map { ["\($0)", NumberText.exact($1)] }
    let report = Report(
      payload: SchedulePayload(schedule: schedule.specification, base: lr, rates: rates),
      options: [
        "schedule": .text(schedule.specification), "lr": .number(lr), "steps": .integer(steps), "plot": .flag(plot),
      ],
      table: TextTable([">step", ">rate"], rows: rows),
      text: { style, width in
        let head = wrapped("\(schedule.specification), base rate \(NumberText.value(lr))", width: width, indent: 0)
          .map(style.heading).joined(separator: "\n")
        if plot { return head + "\n" + TerminalPlot(rates, style: style).text(width: width, height: 16) }
        return head + "\n" + TextTable([">step", ">rate"], rows: rows).text(width: width, style: style)
      },
      line: { _ in
        "\(schedule.specification): \(NumberText.value(rates[0])) to \(NumberText.value(rates[rates.count - 1]))"
      })
    try report.write(output, command: again)
  }
}

/// The JSON of `schedule`.
private struct SchedulePayload: Encodable {
  let schedule: String
  let base: Double
  let rates: [Double]
}
