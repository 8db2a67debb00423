// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: higher.
  static let rat43 = CertifiedProblem(
    curve: Curve(
      "Rat43", Rat43Term(), parameters: ["b1", "b2", "b3", "b4"], predictors: ["x"],
      formula: "y = b1 / ((1+exp(b2-b3*x))^(1/b4))"),
    starts: [[100.0, 10.0, 1.0, 1.0], [700.0, 5.0, 0.75, 1.3]],
    certified: ["6.9964151270E+02", "5.2771253025E+00", "7.5962938329E-01", "1.2792483859E+00"],
    certifiedErrors: ["1.6302297817E+01", "2.0828735829E+00", "1.9566123451E-01", "6.8761936385E-01"],
    certifiedRSS: "8786.404908", degreesOfFreedom: 11,
    exact: ["699.64151269644565687", "5.2771253024500381746", "0.75962938329413391983", "1.279248385909711885"],
    exactErrors: [
      "16.302297816697060872",
      "2.0828735829461311185",
      "0.19566123450887629373",
      "0.68761936384972793727",
    ],
    exactErrorsOfDecimals: [
      "16.302297816697060628",
      "2.08287358294613157",
      "0.19566123450887635351",
      "0.68761936384972811006",
    ],
    table: """
      1.0E0,16.08E0 2.0E0,33.83E0 3.0E0,65.80E0 4.0E0,97.20E0 5.0E0,191.55E0 6.0E0,326.20E0 7.0E0,386.87E0
      8.0E0,520.53E0 9.0E0,590.03E0 10.0E0,651.92E0 11.0E0,724.93E0 12.0E0,699.56E0 13.0E0,689.96E0 14.0E0,637.56E0
      15.0E0,717.41E0
      """)
}

/// y = b1 / ((1+exp(b2-b3*x))^(1/b4))
private struct Rat43Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    let b4 = parameters[first + 3]
    return b1 / S.pow(1 + S.exp(b2 - b3 * x), 1 / b4)
  }
}
