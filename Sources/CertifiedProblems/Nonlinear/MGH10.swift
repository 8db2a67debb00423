// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, generated, level of difficulty: higher.
  static let mgh10 = CertifiedProblem(
    curve: Curve(
      "MGH10", MGH10Term(), parameters: ["b1", "b2", "b3"], predictors: ["x"],
      formula: "y = b1 * exp(b2/(x+b3))"),
    starts: [[2.0, 400000.0, 25000.0], [0.02, 4000.0, 250.0]],
    certified: ["5.6096364710E-03", "6.1813463463E+03", "3.4522363462E+02"],
    certifiedErrors: ["1.5687892471E-04", "2.3309021107E+01", "7.8486103508E-01"],
    certifiedRSS: "87.945855171", degreesOfFreedom: 13,
    exact: ["0.0056096364710280525353", "6181.3463462863722794", "345.2236346241364959"],
    exactErrors: ["0.00015687892470887531423", "23.309021106879283898", "0.78486103507645922362"],
    exactErrorsOfDecimals: ["0.00015687892470887531423", "23.309021106879283898", "0.78486103507645922362"],
    secondMinimum: 1.28e9,
    table: """
      5.000000E+01,3.478000E+04 5.500000E+01,2.861000E+04 6.000000E+01,2.365000E+04 6.500000E+01,1.963000E+04
      7.000000E+01,1.637000E+04 7.500000E+01,1.372000E+04 8.000000E+01,1.154000E+04 8.500000E+01,9.744000E+03
      9.000000E+01,8.261000E+03 9.500000E+01,7.030000E+03 1.000000E+02,6.005000E+03 1.050000E+02,5.147000E+03
      1.100000E+02,4.427000E+03 1.150000E+02,3.820000E+03 1.200000E+02,3.307000E+03 1.250000E+02,2.872000E+03
      """)
}

/// y = b1 * exp(b2/(x+b3))
private struct MGH10Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    return b1 * S.exp(b2 / (x + b3))
  }
}
