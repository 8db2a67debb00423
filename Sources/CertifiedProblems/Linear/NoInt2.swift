// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let noInt2 = CertifiedProblem(
    curve: Curve(
      "NoInt2", PowersTerm(hasIntercept: false), parameters: ["B1"],
      predictors: ["x"],
      formula: "y = B1*x"),
    starts: [],
    certified: ["0.727272727272727273"],
    certifiedErrors: ["0.0420827318078432483"],
    certifiedRSS: "0.272727272727272727", degreesOfFreedom: 2,
    table: """
      4,3 5,4 6,4
      """)
}
