// SPDX-License-Identifier: Apache-2.0

import CertifiedProblems
import CurveFitting
import DifferentiationCore
import Testing

/// A certified problem from one of its starts.
func certifiedFit(_ problem: CertifiedProblem, start: [Double]) -> CurveFit {
  let (predictors, response) = problem.columns
  return CurveFit(
    problem.curve, CurveData(predictors: predictors, response: response),
    start: Dictionary(uniqueKeysWithValues: zip(problem.curve.parameters, start)))
}

@Suite struct CertifiedFits {
  @Test(arguments: CertifiedProblem.nonlinear.map(\.name))
  func exactDerivatives(name: String) throws {
    let problem = try #require(CertifiedProblem.nonlinear.first { $0.name == name })
    for start in problem.starts {
      let result = try certifiedFit(problem, start: start).run()
      let digits = problem.digits(of: result.values)
      let errors = problem.errorDigits(of: result.parameters.map { $0.standardError ?? .nan }, values: result.values)
      print(name, digits, errors, result.status, result.digits, result.iterations, result.newtonSteps, result.condition ?? 0, result.warnings)
      #expect(digits >= 10)
      #expect(result.status == .converged)
    }
  }
}
