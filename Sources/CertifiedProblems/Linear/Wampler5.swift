// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Linear in its parameters; the solution is exact, from rational arithmetic.
  static let wampler5 = CertifiedProblem(
    curve: Curve(
      "Wampler5", PowersTerm(hasIntercept: true), parameters: ["B0", "B1", "B2", "B3", "B4", "B5"],
      predictors: ["x"],
      formula: "y = B0 + B1*x + B2*x^2 + B3*x^3 + B4*x^4 + B5*x^5"),
    starts: [],
    certified: ["1.0", "1.0", "1.0", "1.0", "1.0", "1.0"],
    certifiedErrors: [
      "21523262.4678169681",
      "23635517.3469680521",
      "7793435.24331583091",
      "1014755.07550349648",
      "56456.6512170751568",
      "1123.24854679311937",
    ],
    certifiedRSS: "8355426800000000.0", degreesOfFreedom: 15,
    table: """
      0,7590001 1,-20479994 2,20480063 3,-20479636 4,25231365 5,-20476094 6,20489331 7,-20460392 8,18417449
      9,-20413570 10,20591111 11,-20302844 12,18651453 13,-20077766 14,21059195 15,-19666384 16,26348481
      17,-18971402 18,22480719 19,-17866340 20,10958421
      """)
}
