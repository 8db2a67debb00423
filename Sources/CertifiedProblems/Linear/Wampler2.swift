// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let wampler2 = CertifiedProblem(
    curve: Curve(
      "Wampler2", PowersTerm(hasIntercept: true), parameters: ["B0", "B1", "B2", "B3", "B4", "B5"],
      predictors: ["x"],
      formula: "y = B0 + B1*x + B2*x^2 + B3*x^3 + B4*x^4 + B5*x^5"),
    starts: [],
    certified: ["1.0", "0.1", "0.01", "0.001", "0.0001", "0.00001"],
    certifiedErrors: ["0.0", "0.0", "0.0", "0.0", "0.0", "0.0"],
    certifiedRSS: "0.0", degreesOfFreedom: 15,
    table: """
      0,1 1,1.11111 2,1.24992 3,1.42753 4,1.65984 5,1.96875 6,2.38336 7,2.94117 8,3.68928 9,4.68559 10,6 11,7.71561
      12,9.92992 13,12.75603 14,16.32384 15,20.78125 16,26.29536 17,33.05367 18,41.26528 19,51.16209 20,63
      """)
}
