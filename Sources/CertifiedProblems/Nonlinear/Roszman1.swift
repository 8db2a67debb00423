// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Miscellaneous Class, observed, level of difficulty: average.
  static let roszman1 = CertifiedProblem(
    curve: Curve(
      "Roszman1", Roszman1Term(), parameters: ["b1", "b2", "b3", "b4"], predictors: ["x"],
      formula: "y = b1 - b2*x - arctan(b3/(x-b4))/pi"),
    starts: [[0.1, -1e-05, 1000.0, -100.0], [0.2, -5e-06, 1200.0, -150.0]],
    certified: ["2.0196866396E-01", "-6.1953516256E-06", "1.2044556708E+03", "-1.8134269537E+02"],
    certifiedErrors: ["1.9172666023E-02", "3.2058931691E-06", "7.4050983057E+01", "4.9573513849E+01"],
    certifiedRSS: "0.00049484847331", degreesOfFreedom: 21,
    exact: [
      "0.20196866396090938503",
      "-6.1953516255759513202e-6",
      "1204.4556707836076165",
      "-181.34269536904949781",
    ],
    exactErrors: [
      "0.019172666022851981288",
      "3.2058931691288263729e-6",
      "74.050983057024892571",
      "49.573513849434376348",
    ],
    exactErrorsOfDecimals: [
      "0.019172666022851995006",
      "3.2058931691288286159e-6",
      "74.050983057024963488",
      "49.573513849434384987",
    ],
    table: """
      -4868.68,0.252429 -4868.09,0.252141 -4867.41,0.251809 -3375.19,0.297989 -3373.14,0.296257 -3372.03,0.295319
      -2473.74,0.339603 -2472.35,0.337731 -2469.45,0.333820 -1894.65,0.389510 -1893.40,0.386998 -1497.24,0.438864
      -1495.85,0.434887 -1493.41,0.427893 -1208.68,0.471568 -1206.18,0.461699 -1206.04,0.461144 -997.92,0.513532
      -996.61,0.506641 -996.31,0.505062 -834.94,0.535648 -834.66,0.533726 -710.03,0.568064 -530.16,0.612886
      -464.17,0.624169
      """)
}

/// y = b1 - b2*x - arctan(b3/(x-b4))/pi
private struct Roszman1Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    return b1 - b2 * x - S.atan(b3 / (x - b4)) / S(Double.pi)
  }
}
