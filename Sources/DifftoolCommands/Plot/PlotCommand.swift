// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `difftool plot`: pictures of what the other commands have computed.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a training, a model, a schedule or a benchmark, as SVG, as PNG or in the terminal.",
    usage: "difftool plot <kind> [<arguments>] [--output <file>]",
    discussion: """
      Examples:
        difftool train --model mlp --data moons --save m.json --history h.jsonl
        difftool plot history h.jsonl
        difftool plot regions m.json --data moons --output regions.svg
        difftool plot schedule cosine one-cycle --steps 200 --output rates.png
        difftool plot curve --help

      Without --output the picture is drawn in the terminal, in characters. The
      program gnuplot draws; without it there is a message that says how to
      install it. More pictures: train --plot, fit --plot and scan --plot.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage.
      """,
    subcommands: [
      PlotHistoryCommand.self, PlotRegionsCommand.self, PlotCurveCommand.self, PlotScheduleCommand.self,
      PlotReluSumsCommand.self, PlotBenchCommand.self, PlotParametersCommand.self, PlotActivationsCommand.self,
    ])
}
