// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: higher.
  static let boxBOD = CertifiedProblem(
    curve: Curve(
      "BoxBOD", BoxBODTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1*(1-exp(-b2*x))"),
    starts: [[1.0, 1.0], [100.0, 0.75]],
    certified: ["2.1380940889E+02", "5.4723748542E-01"],
    certifiedErrors: ["1.2354515176E+01", "1.0455993237E-01"],
    certifiedRSS: "1168.0088766", degreesOfFreedom: 4,
    exact: ["213.80940889039789417", "0.54723748541919931269"],
    exactErrors: ["12.354515176475997801", "0.1045599323700730488"],
    exactErrorsOfDecimals: ["12.354515176475997801", "0.1045599323700730488"],
    table: """
      1,109 2,149 3,149 5,191 7,213 10,224
      """)
}

/// y = b1*(1-exp(-b2*x))
private struct BoxBODTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * (1 - S.exp(-b2 * x))
  }
}
