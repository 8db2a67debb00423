// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Training

/// `difftool plot history`: the curves of a training from its file.
struct PlotHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "The losses, the accuracy and the learning rate of a training, epoch by epoch.",
    usage: "difftool plot history <file> [<options>]",
    discussion: """
      Examples:
        difftool train --model mlp --data moons --history h.jsonl
        difftool plot history h.jsonl --output training.svg
        difftool train --model mlp --data moons --plot training.svg

      The file is one that train wrote: --history (.jsonl or .csv), --checkpoint, or
      the report itself (train --format json). A loss over two decades and more has
      a logarithmic axis.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The history; - is standard input.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var output: PlotOutput

  func run() throws {
    try output.draw(HistoryPlot(try HistoryFormat.records(path: file)).plot, reading: [file])
  }
}
