// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, generated, level of difficulty: lower.
  static let lanczos3 = CertifiedProblem(
    curve: Curve(
      "Lanczos3", Lanczos3Term(), parameters: ["b1", "b2", "b3", "b4", "b5", "b6"], predictors: ["x"],
      formula: "y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)"),
    starts: [[1.2, 0.3, 5.6, 5.5, 6.5, 7.6], [0.5, 0.7, 3.6, 4.2, 4.0, 6.3]],
    certified: [
      "8.6816414977E-02",
      "9.5498101505E-01",
      "8.4400777463E-01",
      "2.9515951832E+00",
      "1.5825685901E+00",
      "4.9863565084E+00",
    ],
    certifiedErrors: [
      "1.7197908859E-02",
      "9.7041624475E-02",
      "4.1488663282E-02",
      "1.0766312506E-01",
      "5.8371576281E-02",
      "3.4436403035E-02",
    ],
    certifiedRSS: "1.6117193594e-08", degreesOfFreedom: 18,
    exact: [
      "0.086816414977263627302",
      "0.95498101504620600167",
      "0.84400777462524053899",
      "2.9515951831901772385",
      "1.5825685901496185876",
      "4.9863565083991313656",
    ],
    exactErrors: [
      "0.017197908859115502542",
      "0.097041624474795083557",
      "0.041488663282152096393",
      "0.10766312506036895079",
      "0.058371576280591778213",
      "0.034436403035015116003",
    ],
    exactErrorsOfDecimals: [
      "0.017197908859116761012",
      "0.097041624474782673339",
      "0.041488663282161798348",
      "0.10766312506037645919",
      "0.058371576280602735193",
      "0.034436403035021675432",
    ],
    equivalents: [
      CertifiedProblem.Equivalent(order: [2, 3, 0, 1, 4, 5], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [0, 1, 4, 5, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 2, 3, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [2, 3, 4, 5, 0, 1], signs: [1, 1, 1, 1, 1, 1]),
      CertifiedProblem.Equivalent(order: [4, 5, 0, 1, 2, 3], signs: [1, 1, 1, 1, 1, 1]),
    ],
    table: """
      0.00000E+00,2.5134E+00 5.00000E-02,2.0443E+00 1.00000E-01,1.6684E+00 1.50000E-01,1.3664E+00
      2.00000E-01,1.1232E+00 2.50000E-01,0.9269E+00 3.00000E-01,0.7679E+00 3.50000E-01,0.6389E+00
      4.00000E-01,0.5338E+00 4.50000E-01,0.4479E+00 5.00000E-01,0.3776E+00 5.50000E-01,0.3197E+00
      6.00000E-01,0.2720E+00 6.50000E-01,0.2325E+00 7.00000E-01,0.1997E+00 7.50000E-01,0.1723E+00
      8.00000E-01,0.1493E+00 8.50000E-01,0.1301E+00 9.00000E-01,0.1138E+00 9.50000E-01,0.1000E+00
      1.00000E+00,0.0883E+00 1.05000E+00,0.0783E+00 1.10000E+00,0.0698E+00 1.15000E+00,0.0624E+00
      """)
}

/// y = b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)
private struct Lanczos3Term: SampleTerm {
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
