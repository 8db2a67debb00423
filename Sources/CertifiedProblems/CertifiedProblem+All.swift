// SPDX-License-Identifier: Apache-2.0

extension CertifiedProblem {
  /// The 27 nonlinear problems, each with two starts.
  public static let nonlinear: [CertifiedProblem] = [
    .misra1a, .chwirut2, .chwirut1, .lanczos3, .gauss1, .gauss2, .danWood, .misra1b, .kirby2, .hahn1, .nelson,
    .mgh17, .lanczos1, .lanczos2, .gauss3, .misra1c, .misra1d, .roszman1, .enso, .mgh09, .thurber, .boxBOD,
    .rat42, .mgh10, .eckerle4, .rat43, .bennett5,
  ]

  /// The linear sets.
  public static let linear: [CertifiedProblem] = [
    .norris, .pontius, .noInt1, .noInt2, .filip, .longley, .wampler1, .wampler2, .wampler3, .wampler4,
    .wampler5,
  ]
}
