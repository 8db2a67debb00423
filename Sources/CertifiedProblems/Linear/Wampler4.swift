// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let wampler4 = CertifiedProblem(
    curve: Curve(
      "Wampler4", PowersTerm(hasIntercept: true), parameters: ["B0", "B1", "B2", "B3", "B4", "B5"],
      predictors: ["x"],
      formula: "y = B0 + B1*x + B2*x^2 + B3*x^3 + B4*x^4 + B5*x^5"),
    starts: [],
    certified: ["1.0", "1.0", "1.0", "1.0", "1.0", "1.0"],
    certifiedErrors: [
      "215232.624678169681",
      "236355.173469680521",
      "77934.3524331583091",
      "10147.5507550349648",
      "564.566512170751568",
      "11.2324854679311937",
    ],
    certifiedRSS: "835542680000.0", degreesOfFreedom: 15,
    table: """
      0,75901 1,-204794 2,204863 3,-204436 4,253665 5,-200894 6,214131 7,-185192 8,221249 9,-138370 10,315911
      11,-27644 12,455253 13,197434 14,783995 15,608816 16,1370781 17,1303798 18,2205519 19,2408860 20,3444321
      """)
}
