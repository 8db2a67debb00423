// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension CertifiedProblem {
  /// Exponential Class, observed, level of difficulty: higher.
  static let eckerle4 = CertifiedProblem(
    curve: Curve(
      "Eckerle4", Eckerle4Term(), parameters: ["b1", "b2", "b3"], predictors: ["x"],
      formula: "y = (b1/b2) * exp(-0.5*((x-b3)/b2)^2)"),
    starts: [[1.0, 10.0, 500.0], [1.5, 5.0, 450.0]],
    certified: ["1.5543827178E+00", "4.0888321754E+00", "4.5154121844E+02"],
    certifiedErrors: ["1.5408051163E-02", "4.6803020753E-02", "4.6800518816E-02"],
    certifiedRSS: "0.0014635887487", degreesOfFreedom: 32,
    exact: ["1.5543827177526135259", "4.0888321754230068258", "451.54121843614497085"],
    exactErrors: ["0.015408051163494075537", "0.046803020753316513349", "0.046800518816446517647"],
    exactErrorsOfDecimals: ["0.015408051163494068532", "0.046803020753316492099", "0.046800518816446496399"],
    equivalents: [
      CertifiedProblem.Equivalent(order: [0, 1, 2], signs: [-1, -1, 1])
    ],
    table: """
      400.000000E0,0.0001575E0 405.000000E0,0.0001699E0 410.000000E0,0.0002350E0 415.000000E0,0.0003102E0
      420.000000E0,0.0004917E0 425.000000E0,0.0008710E0 430.000000E0,0.0017418E0 435.000000E0,0.0046400E0
      436.500000E0,0.0065895E0 438.000000E0,0.0097302E0 439.500000E0,0.0149002E0 441.000000E0,0.0237310E0
      442.500000E0,0.0401683E0 444.000000E0,0.0712559E0 445.500000E0,0.1264458E0 447.000000E0,0.2073413E0
      448.500000E0,0.2902366E0 450.000000E0,0.3445623E0 451.500000E0,0.3698049E0 453.000000E0,0.3668534E0
      454.500000E0,0.3106727E0 456.000000E0,0.2078154E0 457.500000E0,0.1164354E0 459.000000E0,0.0616764E0
      460.500000E0,0.0337200E0 462.000000E0,0.0194023E0 463.500000E0,0.0117831E0 465.000000E0,0.0074357E0
      470.000000E0,0.0022732E0 475.000000E0,0.0008800E0 480.000000E0,0.0004579E0 485.000000E0,0.0002345E0
      490.000000E0,0.0001586E0 495.000000E0,0.0001143E0 500.000000E0,0.0000710E0
      """)
}

/// y = (b1/b2) * exp(-0.5*((x-b3)/b2)^2)
private struct Eckerle4Term: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let b1 = parameters[first]
    let b2 = parameters[first + 1]
    let b3 = parameters[first + 2]
    return (b1 / b2) * S.exp(-square((x - b3) / b2) / 2)
  }

  private func square<S: DifferentiableScalar>(_ x: S) -> S { x * x }
}
