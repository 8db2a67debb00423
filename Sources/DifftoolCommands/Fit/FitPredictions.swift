// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore

/// The column that says how exact an observation is.
struct SigmaColumn {
  /// `--sigma` or `--weights`.
  let option: String
  let name: String
  /// Weights are 1/σ².
  var isWeight: Bool { option == "--weights" }

  /// The option that was given, if any.
  init?(sigma: String?, weights: String?) {
    if let sigma {
      (option, name) = ("--sigma", sigma)
    } else if let weights {
      (option, name) = ("--weights", weights)
    } else {
      return nil
    }
  }
}

/// Predictions for the rows of a file.
struct FitPredictions {
  let rows: [FitPrediction]
  let predictors: [String]
  /// Why there is no band of single observations, where that is so.
  let note: String?

  /// `option` names where the path was given.
  init(_ curve: Curve, _ result: FitResult, path: String, sigma: SigmaColumn?, option: String) throws {
    // A curve without predictors has the same value in every row.
    guard !curve.predictors.isEmpty else {
      throw CommandError.usage("\(option): \(curve.name) has no predictors, so it is the same everywhere")
    }
    let file = try NumericFile(path: path)
    let known = sigma.flatMap { file.columnNames.contains($0.name) ? $0 : nil }
    let read = try file.numbers(in: curve.predictors + (known.map { [$0.name] } ?? []), skipsMissing: false)
    let columns = Array(read.columns.prefix(curve.predictors.count))
    let lines = read.lines
    var sigmas: [Double]?
    if let known, let given = read.columns.last {
      for (row, value) in given.enumerated() where !(value > 0) {
        throw CommandError.runtime(
          "\(file.source):\(lines[row]): column '\(known.name)': \(NumberText.value(value)) is no "
            + (known.isWeight ? "weight" : "standard deviation") + "; it must be positive")
      }
      sigmas = known.isWeight ? given.map { 1 / $0.squareRoot() } : given
    }
    let predictions = try curve.predictions(of: result, at: columns, sigmas: sigmas)
    rows = predictions.enumerated().map { i, prediction in
      FitPrediction(
        line: lines[i], at: Dictionary(zip(curve.predictors, columns.map { $0[i] })) { a, _ in a },
        prediction: prediction)
    }
    predictors = curve.predictors
    if let sigma, known == nil, result.covariance != nil {
      note =
        "no bands of single observations: \(file.source) has no column '\(sigma.name)', the fit's \(sigma.option), "
        + "so how exact they would be is not known"
    } else {
      note = nil
    }
  }

  /// One row a prediction.
  func table(_ response: String, _ number: @escaping (Double) -> String) -> TextTable {
    let cell = { (x: Double?) in x.map(number) ?? "" }
    return TextTable(
      predictors.map { ">\($0)" }
        + [
          ">\(response)", ">standard error", ">confidence lower", ">confidence upper", ">prediction lower",
          ">prediction upper",
        ],
      rows: rows.map { row in
        let p = row.prediction
        return predictors.map { number(row.at[$0] ?? .nan) }
          + [
            number(p.value), cell(p.standardError), cell(p.confidenceLower), cell(p.confidenceUpper),
            cell(p.predictionLower), cell(p.predictionUpper),
          ]
      })
  }

  /// The same for people: fewer digits, shorter titles.
  func shownTable(_ response: String) -> TextTable {
    var table = table(response) { NumberText.value($0) }
    let first = predictors.count + 1
    for (offset, title) in ["± error", "curve from", "curve to", "next from", "next to"].enumerated() {
      table.columns[first + offset].title = title
    }
    return table
  }
}
