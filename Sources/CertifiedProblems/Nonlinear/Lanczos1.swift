// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, generated, level of difficulty: average.
  static let lanczos1 = CertifiedProblem(
    curve: Curve(
      "Lanczos1", Lanczos1Term(), parameters: ["b1", "b2", "b3", "b4", "b5", "b6"], predictors: ["x"],
      formula: "y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)"),
    starts: [[1.2, 0.3, 5.6, 5.5, 6.5, 7.6], [0.5, 0.7, 3.6, 4.2, 4.0, 6.3]],
    certified: [
      "9.5100000027E-02",
      "1.0000000001E+00",
      "8.6070000013E-01",
      "3.0000000002E+00",
      "1.5575999998E+00",
      "5.0000000001E+00",
    ],
    certifiedErrors: [
      "5.3347304234E-11",
      "2.7473038179E-10",
      "1.3576062225E-10",
      "3.3308253069E-10",
      "1.8815731448E-10",
      "1.1057500538E-10",
    ],
    certifiedRSS: "1.4307867721e-25", degreesOfFreedom: 18,
    exact: [
      "0.095100000027424371366",
      "1.0000000001276867498",
      "0.86070000013442065747",
      "3.0000000002345611208",
      "1.557599999838215452",
      "5.0000000001115184085",
    ],
    exactErrors: [
      "5.3324272582507897245e-11",
      "2.7461177234175856425e-10",
      "1.3570201026411944366e-10",
      "3.3293872884434978345e-10",
      "1.8807608124791102713e-10",
      "1.1052726679410831886e-10",
    ],
    exactErrorsOfDecimals: [
      "5.334730423420578503e-11",
      "2.7473038179267898951e-10",
      "1.3576062224857923169e-10",
      "3.3308253069045608211e-10",
      "1.8815731447598991902e-10",
      "1.1057500538273217176e-10",
    ],
    equivalents: [
      CertifiedProblem.Equivalent(order: [2, 3, 0, 1, 4, 5], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [0, 1, 4, 5, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 2, 3, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [2, 3, 4, 5, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 0, 1, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
    ],
    table: """
      0.000000000000E+00,2.513400000000E+00 5.000000000000E-02,2.044333373291E+00
      1.000000000000E-01,1.668404436564E+00 1.500000000000E-01,1.366418021208E+00
      2.000000000000E-01,1.123232487372E+00 2.500000000000E-01,9.268897180037E-01
      3.000000000000E-01,7.679338563728E-01 3.500000000000E-01,6.388775523106E-01
      4.000000000000E-01,5.337835317402E-01 4.500000000000E-01,4.479363617347E-01
      5.000000000000E-01,3.775847884350E-01 5.500000000000E-01,3.197393199326E-01
      6.000000000000E-01,2.720130773746E-01 6.500000000000E-01,2.324965529032E-01
      7.000000000000E-01,1.996589546065E-01 7.500000000000E-01,1.722704126914E-01
      8.000000000000E-01,1.493405660168E-01 8.500000000000E-01,1.300700206922E-01
      9.000000000000E-01,1.138119324644E-01 9.500000000000E-01,1.000415587559E-01
      1.000000000000E+00,8.833209084540E-02 1.050000000000E+00,7.833544019350E-02
      1.100000000000E+00,6.976693743449E-02 1.150000000000E+00,6.239312536719E-02
      """)
}

/// y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)
private struct Lanczos1Term: SampleTerm {
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
