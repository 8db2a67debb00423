// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let norris = CertifiedProblem(
    curve: Curve(
      "Norris", PowersTerm(hasIntercept: true), parameters: ["B0", "B1"],
      predictors: ["x"],
      formula: "y = B0 + B1*x"),
    starts: [],
    certified: ["-0.262323073774029495", "1.0021168180204544"],
    certifiedErrors: ["0.232818234301152496", "0.000429796848199936899"],
    certifiedRSS: "26.6173985294223598", degreesOfFreedom: 34,
    table: """
      0.2,0.1 337.4,338.8 118.2,118.1 884.6,888 10.1,9.2 226.5,228.1 666.3,668.5 996.3,998.5 448.6,449.1 777,778.9
      558.2,559.2 0.4,0.3 0.6,0.1 775.5,778.1 666.9,668.8 338,339.3 447.5,448.9 11.6,10.8 556,557.7 228.1,228.3
      995.8,998 887.6,888.8 120.2,119.6 0.3,0.3 0.3,0.6 556.8,557.6 339.1,339.3 887.2,888 999,998.5 779,778.9
      11.1,10.2 118.3,117.6 229.2,228.9 669.1,668.4 448.9,449.2 0.5,0.2
      """)
}
