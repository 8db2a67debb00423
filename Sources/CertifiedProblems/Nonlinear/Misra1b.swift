// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Miscellaneous Class, observed, level of difficulty: lower.
  static let misra1b = CertifiedProblem(
    curve: Curve(
      "Misra1b", Misra1bTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1 * (1-(1+b2*x/2)^(-2))"),
    starts: [[500.0, 0.0001], [300.0, 0.0002]],
    certified: ["3.3799746163E+02", "3.9039091287E-04"],
    certifiedErrors: ["3.1643950207E+00", "4.2547321834E-06"],
    certifiedRSS: "0.075464681533", degreesOfFreedom: 12,
    exact: ["337.99746163368730656", "0.0003903909128657003446"],
    exactErrors: ["3.164395020653588486", "4.2547321834076439699e-6"],
    exactErrorsOfDecimals: ["3.164395020653597875", "4.2547321834076566488e-6"],
    table: """
      77.6E0,10.07E0 114.9E0,14.73E0 141.1E0,17.94E0 190.8E0,23.93E0 239.9E0,29.61E0 289.0E0,35.18E0 332.8E0,40.02E0
      378.4E0,44.82E0 434.8E0,50.76E0 477.3E0,55.05E0 536.8E0,61.01E0 593.1E0,66.40E0 689.1E0,75.47E0
      760.0E0,81.78E0
      """)
}

/// y = b1 * (1-(1+b2*x/2)^(-2))
private struct Misra1bTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * (1 - S.pow(1 + b2 * x / 2, -2))
  }
}
