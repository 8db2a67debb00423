// SPDX-License-Identifier: Apache-2.0

import CertifiedProblems
import CurveFitting
import Differentiation
import DifferentiationCore
import Formulas

extension CertifiedProblem {
  /// The curve as a user has it: its formula, read.
  func parsedCurve() throws -> Curve {
    let formula = try Formula(curve.formula)
    let term = try formula.right.term(parameters: curve.parameters, columns: curve.predictors)
    // The curve's initialiser erases the term where its type is compiled.
    var parsed = Curve(
      curve.name, term, parameters: curve.parameters, predictors: curve.predictors, response: curve.response,
      formula: curve.formula)
    if let left = formula.left, left.variable == nil {
      let transform = try left.term(parameters: [], columns: [curve.response])
      parsed.responseTransform = Curve("", transform, parameters: []).term
    } else {
      parsed.responseTransform = curve.responseTransform
    }
    return parsed
  }

  /// NIST's starts; 0 for linear sets, for which any does.
  var startsOrZero: [[Double]] { starts.isEmpty ? [curve.parameters.map { _ in 0 }] : starts }
}

/// One fit of a certified problem.
struct NistRun: Encodable {
  let problem: String
  let start: Int
  let differentiator: String
  /// How many digits of the worst parameter, and of the worst standard error, are right.
  let digits: Double
  let errorDigits: Double
  /// What the fit says of its digits.
  let statedDigits: Double
  let status: String
  let evaluations: Int
  let seconds: Double
  /// Called converged, and not the certified solution.
  let isWrong: Bool
  /// It is a true second minimum.
  let isSecondMinimum: Bool
  let failure: String?

  /// The fit of a problem, from NIST's decimals as they are printed: Lanczos1 is so good a fit that their rounding to
  /// doubles shows.
  static func fit(_ problem: CertifiedProblem, _ curve: Curve, from values: [Double]) throws -> CurveFit {
    let decimals = problem.decimals
    let data = try CurveData(decimalPredictors: decimals.predictors, decimalResponse: decimals.response)
    return CurveFit(curve, data, start: Dictionary(zip(curve.parameters, values)) { a, _ in a })
  }

  init(_ problem: CertifiedProblem, _ fit: CurveFit, start: Int, name: String) {
    self.problem = problem.name
    self.start = start
    differentiator = name
    let clock = ContinuousClock()
    let begin = clock.now
    do {
      let result = try fit.run()
      seconds = (clock.now - begin) / .seconds(1)
      digits = max(0, problem.digits(of: result.values))
      errorDigits = max(
        0, problem.errorDigits(of: result.parameters.map { $0.standardError ?? .nan }, values: result.values))
      statedDigits = result.digits
      status = result.status.rawValue
      evaluations = result.evaluations.total
      let second = problem.secondMinimum.map { ((result.rss - $0) / $0).magnitude < 1e-2 } ?? false
      isSecondMinimum = second && result.status.isSuccess && digits < 4
      isWrong = result.status.isSuccess && !(digits >= 4) && !second
      failure = nil
    } catch {
      seconds = (clock.now - begin) / .seconds(1)
      (digits, errorDigits, statedDigits, evaluations) = (0, 0, 0, 0)
      status = FitStatus.failed.rawValue
      (isWrong, isSecondMinimum) = (false, false)
      failure = "\(error)"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case problem, start, differentiator, digits, errorDigits, statedDigits, status, evaluations, seconds, failure
    case isWrong = "wrong"
    case isSecondMinimum = "secondMinimum"
  }
}
