// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: higher.
  static let rat42 = CertifiedProblem(
    curve: Curve(
      "Rat42", Rat42Term(), parameters: ["b1", "b2", "b3"], predictors: ["x"],
      formula: "y = b1 / (1+exp(b2-b3*x))"),
    starts: [[100.0, 1.0, 0.1], [75.0, 2.5, 0.07]],
    certified: ["7.2462237576E+01", "2.6180768402E+00", "6.7359200066E-02"],
    certifiedErrors: ["1.7340283401E+00", "8.8295217536E-02", "3.4465663377E-03"],
    certifiedRSS: "8.0565229338", degreesOfFreedom: 6,
    exact: ["72.462237575569190139", "2.6180768402084967354", "0.06735920006610501448"],
    exactErrors: ["1.7340283400542314219", "0.088295217536459098741", "0.003446566337682290508"],
    exactErrorsOfDecimals: ["1.7340283400542318028", "0.088295217536459116846", "0.0034465663376822912402"],
    table: """
      9.000E0,8.930E0 14.000E0,10.800E0 21.000E0,18.590E0 28.000E0,22.330E0 42.000E0,39.350E0 57.000E0,56.110E0
      63.000E0,61.730E0 70.000E0,64.620E0 79.000E0,67.080E0
      """)
}

/// y = b1 / (1+exp(b2-b3*x))
private struct Rat42Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    return b1 / (1 + S.exp(b2 - b3 * x))
  }
}
