// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Rational Class (linear/quadratic), generated, level of difficulty: higher.
  static let mgh09 = CertifiedProblem(
    curve: Curve(
      "MGH09", MGH09Term(), parameters: ["b1", "b2", "b3", "b4"], predictors: ["x"],
      formula: "y = b1*(x^2+x*b2) / (x^2+x*b3+b4)"),
    starts: [[25.0, 39.0, 41.5, 39.0], [0.25, 0.39, 0.415, 0.39]],
    certified: ["1.9280693458E-01", "1.9128232873E-01", "1.2305650693E-01", "1.3606233068E-01"],
    certifiedErrors: ["1.1435312227E-02", "1.9633220911E-01", "8.0842031232E-02", "9.0025542308E-02"],
    certifiedRSS: "0.00030750560385", degreesOfFreedom: 7,
    exact: ["0.1928069345790378796", "0.19128232873436677699", "0.1230565069263207363", "0.136062330683794745"],
    exactErrors: [
      "0.011435312226554261316",
      "0.19633220911016247337",
      "0.080842031231751979848",
      "0.090025542308237414468",
    ],
    exactErrorsOfDecimals: [
      "0.011435312226554256369",
      "0.19633220911016246208",
      "0.080842031231751952592",
      "0.090025542308237394465",
    ],
    table: """
      4.000000E+00,1.957000E-01 2.000000E+00,1.947000E-01 1.000000E+00,1.735000E-01 5.000000E-01,1.600000E-01
      2.500000E-01,8.440000E-02 1.670000E-01,6.270000E-02 1.250000E-01,4.560000E-02 1.000000E-01,3.420000E-02
      8.330000E-02,3.230000E-02 7.140000E-02,2.350000E-02 6.250000E-02,2.460000E-02
      """)
}

/// y = b1*(x^2+x*b2) / (x^2+x*b3+b4)
private struct MGH09Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    return b1 * x * (x + b2) / (x * (x + b3) + b4)
  }
}
