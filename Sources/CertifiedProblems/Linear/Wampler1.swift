// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let wampler1 = CertifiedProblem(
    curve: Curve(
      "Wampler1", PowersTerm(hasIntercept: true), parameters: ["B0", "B1", "B2", "B3", "B4", "B5"],
      predictors: ["x"],
      formula: "y = B0 + B1*x + B2*x^2 + B3*x^3 + B4*x^4 + B5*x^5"),
    starts: [],
    certified: ["1.0", "1.0", "1.0", "1.0", "1.0", "1.0"],
    certifiedErrors: ["0.0", "0.0", "0.0", "0.0", "0.0", "0.0"],
    certifiedRSS: "0.0", degreesOfFreedom: 15,
    table: """
      0,1 1,6 2,63 3,364 4,1365 5,3906 6,9331 7,19608 8,37449 9,66430 10,111111 11,177156 12,271453 13,402234
      14,579195 15,813616 16,1118481 17,1508598 18,2000719 19,2613660 20,3368421
      """)
}
