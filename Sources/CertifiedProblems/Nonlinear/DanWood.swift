// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Miscellaneous Class, observed, level of difficulty: lower.
  static let danWood = CertifiedProblem(
    curve: Curve(
      "DanWood", DanWoodTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1*x^b2"),
    starts: [[1.0, 5.0], [0.7, 4.0]],
    certified: ["7.6886226176E-01", "3.8604055871E+00"],
    certifiedErrors: ["1.8281973860E-02", "5.1726610913E-02"],
    certifiedRSS: "0.0043173084083", degreesOfFreedom: 4,
    exact: ["0.76886226176498259821", "3.8604055870760576048"],
    exactErrors: ["0.018281973860141575211", "0.051726610912867552291"],
    exactErrorsOfDecimals: ["0.018281973860141820711", "0.051726610912868222691"],
    table: """
      1.309E0,2.138E0 1.471E0,3.421E0 1.490E0,3.597E0 1.565E0,4.340E0 1.611E0,4.882E0 1.680E0,5.660E0
      """)
}

/// y = b1*x^b2
private struct DanWoodTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * S.pow(x, b2)
  }
}
