// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Plotting

/// `difftool plot schedule`: learning rates step by step, several beside each other.
struct PlotScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Schedules of the learning rate, step by step, several in one picture.",
    usage: "difftool plot schedule <schedule> ... [<options>]",
    discussion: """
      Examples:
        difftool plot schedule cosine
        difftool plot schedule constant cosine cosine:warmup=20 --steps 200
        difftool plot schedule step:size=10,gamma=0.5 --output step.svg

      The names: difftool list schedules. A schedule that ends, and is not told when
      (total=STEPS), ends with the steps shown.

      Exit codes: 0 drawn, 2 gnuplot failed, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("Schedules, with options: cosine:total=50.", valueName: "schedule"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.schedules.names })
  var schedules: [String]

  @Option(parsing: .unconditional, help: "The base learning rate.")
  var lr = 0.1

  @Option(parsing: .unconditional, help: "How many steps to show.")
  var steps = 100

  @OptionGroup var output: PlotOutput

  mutating func validate() throws {
    if !(1...10_000_000).contains(steps) { throw ValidationError("--steps must be from 1 to 10000000") }
    if !(lr > 0 && lr.isFinite) { throw ValidationError("--lr must be a finite number above 0") }
  }

  func run() throws {
    let catalog = DifftoolEnvironment.registry.schedules
    let made = try schedules.map { try catalog.make($0, suggestions: ["total": .integer(steps)]) }
    try output.draw(Self.plot(made, names: schedules, base: lr, steps: steps), reading: [])
  }

  static func plot(_ schedules: [any Schedule], names: [String], base: Double, steps: Int) -> Plot {
    // A screen has no more columns than that.
    let stride = max(1, steps / 2000)
    let shown = Array(Swift.stride(from: 0, to: steps, by: stride))
    let curves = schedules.map { schedule in shown.map { schedule.learningRate(at: $0, base: base) } }
    let top = curves.joined().filter(\.isFinite).max() ?? base
    let series = zip(zip(names, curves), 0...).map { pair, index in
      let last = [PlotPoint(Double(steps), pair.1.last ?? 0)]
      return PlotSeries(
        pair.0, colour: PlotColour.allCases[index % PlotColour.allCases.count],
        isDashed: index >= PlotColour.allCases.count,
        .steps(zip(shown, pair.1).map { PlotPoint(Double($0), $1) } + last))
    }
    return Plot(
      title: "Learning rate, from \(NumberText.value(base))",
      panels: [
        PlotPanel(
          x: PlotAxis("step", range: 0...Double(steps)),
          y: PlotAxis("learning rate", range: 0...max(top * 1.05, 1e-300)),
          series: series)
      ])
  }
}
