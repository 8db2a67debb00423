// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Training

/// `difftool plot curve`: a saved model of one input.
struct PlotCurveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "The line or curve of a model with one input, with the samples and the residuals.",
    usage: "difftool plot curve <model> [--data <data>] [<options>]",
    discussion: """
      Examples:
        difftool train --model line --data line --save line.json
        difftool plot curve line.json --data line --output line.svg
        difftool plot curve parabola.json --data parabola.csv --x -10..10

      Beyond the samples the curve is broken into dashes: there nothing holds it.
      Generated data are those of the training unless --seed says otherwise.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage, which a
      model with several inputs is.
      """)

  @OptionGroup var file: ModelFile

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where the curve is drawn (default: over the samples).", valueName: "low..high"))
  var x: PlotRange?

  @OptionGroup var output: PlotOutput

  mutating func validate() throws {
    if file.data == nil, x == nil {
      throw ValidationError("give the samples with --data, or say where with --x: --x -10..10")
    }
  }

  func run() throws {
    let predictor = try file.predictor()
    let columns = predictor.saved.columns
    guard columns.inputs.count == 1 else {
      throw CommandError.usage(
        "'\(file.model)' has \(columns.inputs.count) inputs (\(columns.inputs.prefix(8).joined(separator: ", "))), and a "
          + "curve is over one; "
          + (columns.inputs.count == 2 && columns.classNames != nil
            ? "for two there is: difftool plot regions \(file.model)" : "train it with --inputs \(columns.inputs[0])"))
    }
    if let names = columns.classNames, try names.count != 2 || predictor([[0]]).probabilities == nil {
      throw CommandError.usage(
        "'\(file.model)' has the classes \(names.prefix(8).joined(separator: ", ")) and no probability to draw as a curve; "
          + "a model of two classes trained with a loss such as binary-cross-entropy has one")
    }
    let samples = try file.samples(for: predictor.saved)
    try output.draw(
      CurvePlot(predictor, samples: samples, range: x?.range).plot, reading: [file.model, file.data])
  }
}
