// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, generated, level of difficulty: average.
  static let lanczos2 = CertifiedProblem(
    curve: Curve(
      "Lanczos2", Lanczos2Term(), parameters: ["b1", "b2", "b3", "b4", "b5", "b6"], predictors: ["x"],
      formula: "y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)"),
    starts: [[1.2, 0.3, 5.6, 5.5, 6.5, 7.6], [0.5, 0.7, 3.6, 4.2, 4.0, 6.3]],
    certified: [
      "9.6251029939E-02",
      "1.0057332849E+00",
      "8.6424689056E-01",
      "3.0078283915E+00",
      "1.5529016879E+00",
      "5.0028798100E+00",
    ],
    certifiedErrors: [
      "6.6770575477E-04",
      "3.3989646176E-03",
      "1.7185846685E-03",
      "4.1707005856E-03",
      "2.3744381417E-03",
      "1.3958787284E-03",
    ],
    certifiedRSS: "2.2299428125e-11", degreesOfFreedom: 18,
    exact: [
      "0.096251029938890224471",
      "1.0057332848597507269",
      "0.86424689055504922962",
      "3.0078283914897759886",
      "1.5529016878724904604",
      "5.0028798099839971307",
    ],
    exactErrors: [
      "0.00066770575474958740754",
      "0.0033989646175248137349",
      "0.0017185846684492019005",
      "0.0041707005855215024863",
      "0.0023744381416082831451",
      "0.0013958787283903867543",
    ],
    exactErrorsOfDecimals: [
      "0.00066770575476535779777",
      "0.0033989646176031046204",
      "0.0017185846684907770879",
      "0.004170700585620105097",
      "0.0023744381416653510899",
      "0.0013958787284239592484",
    ],
    equivalents: [
      CertifiedProblem.Equivalent(order: [2, 3, 0, 1, 4, 5], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [0, 1, 4, 5, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 2, 3, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [2, 3, 4, 5, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 0, 1, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
    ],
    table: """
      0.00000E+00,2.51340E+00 5.00000E-02,2.04433E+00 1.00000E-01,1.66840E+00 1.50000E-01,1.36642E+00
      2.00000E-01,1.12323E+00 2.50000E-01,9.26890E-01 3.00000E-01,7.67934E-01 3.50000E-01,6.38878E-01
      4.00000E-01,5.33784E-01 4.50000E-01,4.47936E-01 5.00000E-01,3.77585E-01 5.50000E-01,3.19739E-01
      6.00000E-01,2.72013E-01 6.50000E-01,2.32497E-01 7.00000E-01,1.99659E-01 7.50000E-01,1.72270E-01
      8.00000E-01,1.49341E-01 8.50000E-01,1.30070E-01 9.00000E-01,1.13812E-01 9.50000E-01,1.00042E-01
      1.00000E+00,8.83321E-02 1.05000E+00,7.83354E-02 1.10000E+00,6.97669E-02 1.15000E+00,6.23931E-02
      """)
}

/// y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)
private struct Lanczos2Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    let b5 = parameters[first + 4]
    let b6 = parameters[first + 5]
    return b1 * S.exp(-b2 * x) + b3 * S.exp(-b4 * x) + b5 * S.exp(-b6 * x)
  }
}
