// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: lower.
  static let chwirut2 = CertifiedProblem(
    curve: Curve(
      "Chwirut2", Chwirut2Term(), parameters: ["b1", "b2", "b3"], predictors: ["x"],
      formula: "y = exp(-b1*x)/(b2+b3*x)"),
    starts: [[0.1, 0.01, 0.02], [0.15, 0.008, 0.01]],
    certified: ["1.6657666537E-01", "5.1653291286E-03", "1.2150007096E-02"],
    certifiedErrors: ["3.8303286810E-02", "6.6621605126E-04", "1.5304234767E-03"],
    certifiedRSS: "513.04802941", degreesOfFreedom: 51,
    exact: ["0.16657666536804108746", "0.0051653291285725961256", "0.012150007095829604503"],
    exactErrors: ["0.03830328681033161329", "0.00066621605126436959092", "0.0015304234766856391351"],
    exactErrorsOfDecimals: ["0.038303286810331607653", "0.00066621605126436947751", "0.0015304234766856388812"],
    table: """
      0.500E0,92.9000E0 1.000E0,57.1000E0 1.750E0,31.0500E0 3.750E0,11.5875E0 5.750E0,8.0250E0 0.875E0,63.6000E0
      2.250E0,21.4000E0 3.250E0,14.2500E0 5.250E0,8.4750E0 0.750E0,63.8000E0 1.750E0,26.8000E0 2.750E0,16.4625E0
      4.750E0,7.1250E0 0.625E0,67.3000E0 1.250E0,41.0000E0 2.250E0,21.1500E0 4.250E0,8.1750E0 .500E0,81.5000E0
      3.000E0,13.1200E0 .750E0,59.9000E0 3.000E0,14.6200E0 1.500E0,32.9000E0 6.000E0,5.4400E0 3.000E0,12.5600E0
      6.000E0,5.4400E0 1.500E0,32.0000E0 3.000E0,13.9500E0 .500E0,75.8000E0 2.000E0,20.0000E0 4.000E0,10.4200E0
      .750E0,59.5000E0 2.000E0,21.6700E0 5.000E0,8.5500E0 .750E0,62.0000E0 2.250E0,20.2000E0 3.750E0,7.7600E0
      5.750E0,3.7500E0 3.000E0,11.8100E0 .750E0,54.7000E0 2.500E0,23.7000E0 4.000E0,11.5500E0 .750E0,61.3000E0
      2.500E0,17.7000E0 4.000E0,8.7400E0 .750E0,59.2000E0 2.500E0,16.3000E0 4.000E0,8.6200E0 .500E0,81.0000E0
      6.000E0,4.8700E0 3.000E0,14.6200E0 .500E0,81.7000E0 2.750E0,17.1700E0 .500E0,81.3000E0 1.750E0,28.9000E0
      """)
}

/// y = exp(-b1*x)/(b2+b3*x)
private struct Chwirut2Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    return S.exp(-b1 * x) / (b2 + b3 * x)
  }
}
