// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Miscellaneous Class, observed, level of difficulty: average.
  static let misra1c = CertifiedProblem(
    curve: Curve(
      "Misra1c", Misra1cTerm(), parameters: ["b1", "b2"], predictors: ["x"],
      formula: "y = b1 * (1-(1+2*b2*x)^(-.5))"),
    starts: [[500.0, 0.0001], [600.0, 0.0002]],
    certified: ["6.3642725809E+02", "2.0813627256E-04"],
    certifiedErrors: ["4.6638326572E+00", "1.7728423155E-06"],
    certifiedRSS: "0.040966836971", degreesOfFreedom: 12,
    exact: ["636.42725809300226962", "0.0002081362725632872139"],
    exactErrors: ["4.6638326572384057922", "1.7728423155440771207e-6"],
    exactErrorsOfDecimals: ["4.6638326572384347673", "1.7728423155440881522e-6"],
    table: """
      77.6E0,10.07E0 114.9E0,14.73E0 141.1E0,17.94E0 190.8E0,23.93E0 239.9E0,29.61E0 289.0E0,35.18E0 332.8E0,40.02E0
      378.4E0,44.82E0 434.8E0,50.76E0 477.3E0,55.05E0 536.8E0,61.01E0 593.1E0,66.40E0 689.1E0,75.47E0
      760.0E0,81.78E0
      """)
}

/// y = b1 * (1-(1+2*b2*x)^(-.5))
private struct Misra1cTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    return b1 * (1 - 1 / S.sqrt(1 + 2 * b2 * x))
  }
}
