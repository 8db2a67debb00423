// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Miscellaneous Class, observed, level of difficulty: average.
  static let misra1d = CertifiedProblem(
    curve: Curve(
      "Misra1d", Misra1dTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1*b2*x*((1+b2*x)^(-1))"),
    starts: [[500.0, 0.0001], [450.0, 0.0003]],
    certified: ["4.3736970754E+02", "3.0227324449E-04"],
    certifiedErrors: ["3.6489174345E+00", "2.9334354479E-06"],
    certifiedRSS: "0.056419295283", degreesOfFreedom: 12,
    exact: ["437.36970753989339171", "0.0003022732444900432866"],
    exactErrors: ["3.6489174345246217466", "2.9334354479255150555e-6"],
    exactErrorsOfDecimals: ["3.6489174345246372027", "2.9334354479255275143e-6"],
    table: """
      77.6E0,10.07E0 114.9E0,14.73E0 141.1E0,17.94E0 190.8E0,23.93E0 239.9E0,29.61E0 289.0E0,35.18E0 332.8E0,40.02E0
      378.4E0,44.82E0 434.8E0,50.76E0 477.3E0,55.05E0 536.8E0,61.01E0 593.1E0,66.40E0 689.1E0,75.47E0
      760.0E0,81.78E0
      """)
}

/// y = b1*b2*x*((1+b2*x)^(-1))
private struct Misra1dTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * b2 * x / (1 + b2 * x)
  }
}
