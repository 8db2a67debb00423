// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: lower.
  static let misra1a = CertifiedProblem(
    curve: Curve(
      "Misra1a", Misra1aTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1*(1-exp(-b2*x))"),
    starts: [[500.0, 0.0001], [250.0, 0.0005]],
    certified: ["2.3894212918E+02", "5.5015643181E-04"],
    certifiedErrors: ["2.7070075241E+00", "7.2668688436E-06"],
    certifiedRSS: "0.12455138894", degreesOfFreedom: 12,
    exact: ["238.94212917886171005", "0.0005501564318059135552"],
    exactErrors: ["2.7070075241394438528", "7.2668688436190277917e-6"],
    exactErrorsOfDecimals: ["2.7070075241394480947", "7.266868843619039291e-6"],
    table: """
      77.6E0,10.07E0 114.9E0,14.73E0 141.1E0,17.94E0 190.8E0,23.93E0 239.9E0,29.61E0 289.0E0,35.18E0 332.8E0,40.02E0
      378.4E0,44.82E0 434.8E0,50.76E0 477.3E0,55.05E0 536.8E0,61.01E0 593.1E0,66.40E0 689.1E0,75.47E0
      760.0E0,81.78E0
      """)
}

/// y = b1*(1-exp(-b2*x))
private struct Misra1aTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * (1 - S.exp(-b2 * x))
  }
}
