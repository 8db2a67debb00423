// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let wampler3 = CertifiedProblem(
    curve: Curve(
      "Wampler3", PowersTerm(hasIntercept: true), parameters: ["B0", "B1", "B2", "B3", "B4", "B5"],
      predictors: ["x"],
      formula: "y = B0 + B1*x + B2*x^2 + B3*x^3 + B4*x^4 + B5*x^5"),
    starts: [],
    certified: ["1.0", "1.0", "1.0", "1.0", "1.0", "1.0"],
    certifiedErrors: [
      "2152.32624678169681",
      "2363.55173469680521",
      "779.343524331583091",
      "101.475507550349648",
      "5.64566512170751568",
      "0.112324854679311937",
    ],
    certifiedRSS: "83554268.0", degreesOfFreedom: 15,
    table: """
      0,760 1,-2042 2,2111 3,-1684 4,3888 5,1858 6,11379 7,17560 8,39287 9,64382 10,113159 11,175108 12,273291
      13,400186 14,581243 15,811568 16,1121004 17,1506550 18,2002767 19,2611612 20,3369180
      """)
}
