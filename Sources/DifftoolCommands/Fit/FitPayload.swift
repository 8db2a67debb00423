// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore

/// The JSON of `fit`: the library's result, with the file's names and the predictions.
struct FitPayload: Encodable {
  let result: FitResult
  /// The equation as it was understood.
  let equation: String
  let data: String
  let predictors: [String]
  let response: String
  let predictions: [FitPrediction]?

  private enum Key: String, CodingKey { case equation, data, predictors, response, predictions }

  func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(equation, forKey: .equation)
    try container.encode(data, forKey: .data)
    try container.encode(predictors, forKey: .predictors)
    try container.encode(response, forKey: .response)
    try container.encodeIfPresent(predictions, forKey: .predictions)
  }

  /// One row a parameter, in full.
  var table: TextTable {
    let number = { (x: Double?) in x.map(NumberText.exact) ?? "" }
    var titles = [
      "parameter", ">value", ">standard error", ">lower", ">upper", ">t", ">p", "fixed", "at bound", "status",
      ">digits",
    ]
    let hasProfile = result.parameters.contains { $0.profileLower != nil || $0.profileUpper != nil }
    if hasProfile { titles += [">profile lower", ">profile upper"] }
    return TextTable(
      titles,
      rows: result.parameters.map { p in
        var row = [
          p.name, NumberText.exact(p.value), number(p.standardError), number(p.lower), number(p.upper),
          number(p.tStatistic), number(p.pValue), p.fixed ? "yes" : "no", p.atBound ? "yes" : "no",
          result.status.rawValue, NumberText.exact(result.digits),
        ]
        if hasProfile { row += [number(p.profileLower), number(p.profileUpper)] }
        return row
      })
  }
}

/// A predicted row.
struct FitPrediction: Encodable {
  /// The line of the file.
  let line: Int
  let at: [String: Double]
  let prediction: CurvePrediction

  private enum Key: String, CodingKey { case line, at }

  func encode(to encoder: any Encoder) throws {
    try prediction.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(line, forKey: .line)
    try container.encode(at, forKey: .at)
  }
}
