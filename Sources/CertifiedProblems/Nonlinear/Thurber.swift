// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Rational Class (cubic/cubic), observed, level of difficulty: higher.
  static let thurber = CertifiedProblem(
    curve: Curve(
      "Thurber", ThurberTerm(), parameters: ["b1", "b2", "b3", "b4", "b5", "b6", "b7"], predictors: ["x"],
      formula: "y = (b1 + b2*x + b3*x^2 + b4*x^3) / (1 + b5*x + b6*x^2 + b7*x^3)"),
    starts: [[1000.0, 1000.0, 400.0, 40.0, 0.7, 0.3, 0.03], [1300.0, 1500.0, 500.0, 75.0, 1.0, 0.4, 0.05]],
    certified: [
      "1.2881396800E+03",
      "1.4910792535E+03",
      "5.8323836877E+02",
      "7.5416644291E+01",
      "9.6629502864E-01",
      "3.9797285797E-01",
      "4.9727297349E-02",
    ],
    certifiedErrors: [
      "4.6647963344E+00",
      "3.9571156086E+01",
      "2.8698696102E+01",
      "5.5675370270E+00",
      "3.1333340687E-02",
      "1.4984928198E-02",
      "6.5842344623E-03",
    ],
    certifiedRSS: "5642.7082397", degreesOfFreedom: 30,
    exact: [
      "1288.1396799537592751",
      "1491.07925354219246",
      "583.23836876665284515",
      "75.416644291008028412",
      "0.96629502864460090337",
      "0.39797285797390030361",
      "0.049727297348845909174",
    ],
    exactErrors: [
      "4.6647963343557957734",
      "39.571156085796331824",
      "28.698696101524776417",
      "5.5675370270200894784",
      "0.031333340687028738278",
      "0.014984928197710769688",
      "0.0065842344623095059148",
    ],
    exactErrorsOfDecimals: [
      "4.6647963343557997943",
      "39.571156085796407589",
      "28.698696101524830941",
      "5.5675370270201002122",
      "0.03133334068702879201",
      "0.014984928197710795291",
      "0.0065842344623095192257",
    ],
    secondMinimum: 7682,
    table: """
      -3.067E0,80.574E0 -2.981E0,84.248E0 -2.921E0,87.264E0 -2.912E0,87.195E0 -2.840E0,89.076E0 -2.797E0,89.608E0
      -2.702E0,89.868E0 -2.699E0,90.101E0 -2.633E0,92.405E0 -2.481E0,95.854E0 -2.363E0,100.696E0 -2.322E0,101.060E0
      -1.501E0,401.672E0 -1.460E0,390.724E0 -1.274E0,567.534E0 -1.212E0,635.316E0 -1.100E0,733.054E0
      -1.046E0,759.087E0 -0.915E0,894.206E0 -0.714E0,990.785E0 -0.566E0,1090.109E0 -0.545E0,1080.914E0
      -0.400E0,1122.643E0 -0.309E0,1178.351E0 -0.109E0,1260.531E0 -0.103E0,1273.514E0 0.010E0,1288.339E0
      0.119E0,1327.543E0 0.377E0,1353.863E0 0.790E0,1414.509E0 0.963E0,1425.208E0 1.006E0,1421.384E0
      1.115E0,1442.962E0 1.572E0,1464.350E0 1.841E0,1468.705E0 2.047E0,1447.894E0 2.200E0,1457.628E0
      """)
}

/// y = (b1 + b2*x + b3*x^2 + b4*x^3) / (1 + b5*x + b6*x^2 + b7*x^3)
private struct ThurberTerm: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    let b5 = parameters[first + 4]
    let b6 = parameters[first + 5]
    let b7 = parameters[first + 6]
    return (b1 + x * (b2 + x * (b3 + x * b4))) / (1 + x * (b5 + x * (b6 + x * b7)))
  }
}
