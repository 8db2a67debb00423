// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import TabularData
import Training

/// `difftool predict`: a saved model on a file.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Apply a saved model to the rows of a CSV file.",
    usage: "difftool predict <model> <file> [<options>]",
    discussion: """
      Examples:
        difftool predict model.json new.csv
        difftool predict model.json - --format json < new.csv

      Columns are found by name, in any order; columns that the model does not
      know are left out, with a note. The result has one row a row of the file:
      the prediction, and for classes the probability of the one chosen.

      Exit codes: 0 predicted, 2 the model or the file failed, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The model, as written by train --save.", valueName: "model"), completion: .file())
  var model: String

  @Argument(help: ArgumentHelp("The CSV file; - is standard input.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    try TrainFiles(checkpoint: nil, save: nil, history: nil, output: output.output).requireApart(from: [model, file])
    let predictor = try SavedModel(path: model).predictor(in: DifftoolEnvironment.registry, path: model)
    let predictions = try predictor(Table(path: file))
    if !output.quiet { predictions.notes.forEach { Terminal.note("note: \($0)") } }
    let table = try predictions.table()
    let text = TextTable(table.columnNames, rows: table.rows)
    try Report(
      payload: predictions, seed: nil, table: text,
      text: { style, width in
        var rounded = text
        rounded.columns = text.columns.map { TextTable.Column(title: $0.title, alignment: .right) }
        rounded.rows = text.rows.map { $0.map { cell in Double(cell).map { NumberText.value($0, digits: 8) } ?? cell } }
        return rounded.text(width: width, style: style)
      },
      line: { _ in "\(predictions.count) predictions of \(predictions.target.joined(separator: ", "))" }
    ).write(output, command: CommandLineText.again("predict", seed: nil))
  }
}
