// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let noInt1 = CertifiedProblem(
    curve: Curve(
      "NoInt1", PowersTerm(hasIntercept: false), parameters: ["B1"],
      predictors: ["x"],
      formula: "y = B1*x"),
    starts: [],
    certified: ["2.0743801652892562"],
    certifiedErrors: ["0.0165289256198347107"],
    certifiedRSS: "127.272727272727273", degreesOfFreedom: 10,
    table: """
      60,130 61,131 62,132 63,133 64,134 65,135 66,136 67,137 68,138 69,139 70,140
      """)
}
