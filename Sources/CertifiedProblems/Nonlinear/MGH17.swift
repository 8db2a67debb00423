// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, generated, level of difficulty: average.
  static let mgh17 = CertifiedProblem(
    curve: Curve(
      "MGH17", MGH17Term(), parameters: ["b1", "b2", "b3", "b4", "b5"], predictors: ["x"],
      formula: "y = b1 + b2*exp(-x*b4) + b3*exp(-x*b5)"),
    starts: [[50.0, 150.0, -100.0, 1.0, 2.0], [0.5, 1.5, -1.0, 0.01, 0.02]],
    certified: ["3.7541005211E-01", "1.9358469127E+00", "-1.4646871366E+00", "1.2867534640E-02", "2.2122699662E-02"],
    certifiedErrors: [
      "2.0723153551E-03",
      "2.2031669222E-01",
      "2.2175707739E-01",
      "4.4861358114E-04",
      "8.9471996575E-04",
    ],
    certifiedRSS: "5.4648946975e-05", degreesOfFreedom: 28,
    exact: [
      "0.37541005210695195208",
      "1.9358469127123558468",
      "-1.4646871366134115398",
      "0.012867534640057265929",
      "0.022122699661672659525",
    ],
    exactErrors: [
      "0.0020723153551478564418",
      "0.22031669222423699098",
      "0.22175707738743660893",
      "0.00044861358114218882441",
      "0.00089471996574510189418",
    ],
    exactErrorsOfDecimals: [
      "0.0020723153551478554574",
      "0.22031669222424180388",
      "0.22175707738744142102",
      "0.00044861358114219288167",
      "0.00089471996574510548107",
    ],
    equivalents: [
      CertifiedProblem.Equivalent(order: [0, 2, 1, 4, 3], signs: [1, 1, 1, 1, 1])
    ],
    table: """
      0.000000E+00,8.440000E-01 1.000000E+01,9.080000E-01 2.000000E+01,9.320000E-01 3.000000E+01,9.360000E-01
      4.000000E+01,9.250000E-01 5.000000E+01,9.080000E-01 6.000000E+01,8.810000E-01 7.000000E+01,8.500000E-01
      8.000000E+01,8.180000E-01 9.000000E+01,7.840000E-01 1.000000E+02,7.510000E-01 1.100000E+02,7.180000E-01
      1.200000E+02,6.850000E-01 1.300000E+02,6.580000E-01 1.400000E+02,6.280000E-01 1.500000E+02,6.030000E-01
      1.600000E+02,5.800000E-01 1.700000E+02,5.580000E-01 1.800000E+02,5.380000E-01 1.900000E+02,5.220000E-01
      2.000000E+02,5.060000E-01 2.100000E+02,4.900000E-01 2.200000E+02,4.780000E-01 2.300000E+02,4.670000E-01
      2.400000E+02,4.570000E-01 2.500000E+02,4.480000E-01 2.600000E+02,4.380000E-01 2.700000E+02,4.310000E-01
      2.800000E+02,4.240000E-01 2.900000E+02,4.200000E-01 3.000000E+02,4.140000E-01 3.100000E+02,4.110000E-01
      3.200000E+02,4.060000E-01
      """)
}

/// y = b1 + b2*exp(-x*b4) + b3*exp(-x*b5)
private struct MGH17Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    let b5 = parameters[first + 4]
    return b1 + b2 * S.exp(-x * b4) + b3 * S.exp(-x * b5)
  }
}
