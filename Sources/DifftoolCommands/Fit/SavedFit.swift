// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Differentiation
import DifferentiationCore
import Formulas
import Foundation

/// What `fit --save` (or `--format json`) wrote, with its curve made again.
struct SavedFit {
  let result: FitResult
  let curve: Curve
  let sigma: SigmaColumn?

  /// What tells a fit from other files.
  private struct Mark: Decodable {
    let tool: String
    let equation: String
    let curve: String
  }

  /// What a fit's file has besides its result.
  private struct Content: Decodable {
    struct Options: Decodable {
      let model: String?
      let sigma: String?
      let weights: String?
    }

    let equation: String
    let predictors: [String]
    let response: String
    let options: Options
  }

  /// Reads a file; nil for one that is no fit.
  init?(path: String) throws {
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      (try? JSONDecoder().decode(Mark.self, from: data)) != nil
    else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let content: Content
    do {
      content = try decoder.decode(Content.self, from: data)
      result = try decoder.decode(FitResult.self, from: data)
    } catch {
      throw CommandError.runtime(
        "'\(path)' is a fit that this version cannot read, or is damaged; fit again with --save \(path)")
    }
    sigma = SigmaColumn(sigma: content.options.sigma, weights: content.options.weights)
    let names = result.parameters.map(\.name)
    do {
      if let model = content.options.model {
        var curve = try DifftoolEnvironment.registry.curves.make(model)
        guard curve.parameters == names, curve.predictors.count == content.predictors.count else {
          throw CommandError.runtime("'\(path)': the curve '\(model)' has other parameters here")
        }
        (curve.predictors, curve.response, curve.formula) = (content.predictors, content.response, content.equation)
        self.curve = curve
      } else {
        let formula = try Formula(content.equation)
        let term = try formula.right.term(parameters: names, columns: content.predictors)
        curve = Curve(
          "the formula", term, parameters: names, predictors: content.predictors, response: content.response,
          formula: content.equation)
      }
    } catch  where error is FormulaError || error is FormulaBindingError {
      throw CommandError.runtime("'\(path)' is damaged: its equation cannot be read: \(error)")
    }
  }
}
