// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import TabularData
import Training

/// `difftool predict`: a saved model or fit on a file.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Apply a saved model or fit to the rows of a CSV file.",
    usage: "difftool predict <model> <file> [<options>]",
    discussion: """
      Examples:
        difftool predict model.json new.csv
        difftool predict model.json - --format json < new.csv
        difftool predict fit.json new.csv

      Columns are found by name, in any order; columns that the model does not
      know are left out, with a note. The result has one row a row of the file:
      the prediction, and for classes the probability of the one chosen. Where
      the file has the column that is predicted, the metrics are written to
      standard error, and into the JSON. -q leaves out notes and metrics, never
      predictions.

      With a fit the rows have the curve's band and that of a single observation;
      where the fit had --sigma or --weights, by the file's column of that name.

      Exit codes: 0 predicted, 2 the model or the file failed, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("The model or fit, as written by train --save or fit --save.", valueName: "model"),
    completion: .file())
  var model: String

  @Argument(help: ArgumentHelp("The CSV file; - is standard input.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    try WrittenFiles(output: output.path).requireApart(from: [model, file])
    if let fit = try SavedFit(path: model) { try predict(fit) } else { try predictByModel() }
  }

  /// By the curve of a fit.
  private func predict(_ fit: SavedFit) throws {
    let predictions = try FitPredictions(fit.curve, fit.result, path: file, sigma: fit.sigma, option: "predict")
    if !output.quiet {
      if !fit.result.status.isSuccess {
        Terminal.note("note: the fit of '\(model)' did not converge (\(fit.result.status.rawValue))")
      }
      if let note = predictions.note { Terminal.note("note: \(note)") }
    }
    let shown = predictions.shownTable(fit.curve.response)
    try Report(
      payload: FitPredictPayload(
        equation: fit.curve.formula, target: [fit.curve.response], confidence: fit.result.confidence,
        predictions: predictions.rows),
      options: ["model": .text(model), "file": .text(file)],
      table: predictions.table(fit.curve.response, NumberText.exact),
      text: { style, width in shown.text(width: width, style: style) },
      line: { style in shown.text(width: .max, style: style) }
    ).write(output, command: CommandLineText.again("predict", seed: nil))
  }

  private func predictByModel() throws {
    let registry = DifftoolEnvironment.registry
    let predictor = try SavedModel(path: model).predictor(in: registry, path: model)
    let table = try Table(path: file)
    var predictions = try predictor(table)
    var metrics: Metrics?
    do {
      metrics = try predictor.metrics(for: table, loss: registry.losses.make(predictor.saved.loss))
    } catch {
      // The predictions do not need the target.
      predictions.add(note: "no metrics: \(error)")
    }
    if !output.quiet {
      predictions.notes.forEach { Terminal.note("note: \($0)") }
      if let metrics { Terminal.note("metrics: \(metrics.line)") }
    }
    let rows = try predictions.table()
    let result = TextTable(rows.columnNames, rows: rows.rows)
    try Report(
      payload: PredictPayload(predictions: predictions, metrics: metrics),
      options: ["model": .text(model), "file": .text(file)], table: result,
      text: { style, width in shown(result).text(width: width, style: style) },
      line: { style in shown(result).text(width: .max, style: style) }
    ).write(output, command: CommandLineText.again("predict", seed: nil))
  }

  /// With fewer digits.
  private func shown(_ table: TextTable) -> TextTable {
    var rounded = table
    rounded.columns = table.columns.map { TextTable.Column(title: $0.title, alignment: .right) }
    rounded.rows = table.rows.map { $0.map { cell in Double(cell).map { NumberText.value($0, digits: 8) } ?? cell } }
    return rounded
  }
}

/// The JSON of `predict`.
private struct PredictPayload: Encodable {
  let predictions: Predictions
  let metrics: Metrics?

  private enum Key: String, CodingKey { case metrics }

  func encode(to encoder: any Encoder) throws {
    try predictions.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(metrics, forKey: .metrics)
  }
}

/// The JSON of `predict` with a fit.
private struct FitPredictPayload: Encodable {
  let equation: String
  let target: [String]
  let confidence: Double
  let predictions: [FitPrediction]
}

extension Metrics {
  /// For people, in one line.
  fileprivate var line: String {
    let figures = [
      accuracy.map { "accuracy \(NumberText.value($0, digits: 4))" },
      r2.map { "R2 \(NumberText.value($0, digits: 4))" },
      meanAbsoluteError.map { "mean absolute error \(NumberText.value($0))" },
    ].compactMap { $0 }
    return (["\(counted(samples, "sample"))", "loss \(NumberText.value(loss)) (mean)"] + figures).joined(
      separator: ", ")
  }
}
