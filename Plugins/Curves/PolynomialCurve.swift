// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = c0 + c1*x + … + cn*x^n by Horner's rule; of degree 1 the line.
///
/// Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes.
public struct PolynomialCurve: SampleTerm {
  /// The curve's function; the number of parameters is the degree plus 1.
  public init() {}

  /// The polynomial at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    var sum: S = 0
    for coefficient in parameters.reversed() { sum = sum * x + coefficient }
    return sum
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry(
      "polynomial", summary: "c0 + c1*x + c2*x^2 + …",
      options: [.integer("degree", default: 2, in: 0...20, "the highest power")]
    ) { options in
      try curve("polynomial", degree: options.integer("degree"), names: { "c\($0)" })
    }
  }

  /// A polynomial with names for its coefficients. It is linear in them: any start does.
  static func curve(_ name: String, degree: Int, names: (Int) -> String) -> Curve {
    let terms = (0...degree).map { $0 == 0 ? names(0) : $0 == 1 ? "\(names(1))*x" : "\(names($0))*x^\($0)" }
    return Curve(
      name, PolynomialCurve(), parameters: (0...degree).map(names), formula: "y = " + terms.joined(separator: " + "),
      reference: "Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes",
      startRule: { samples in
        let mean = samples.response.reduce(0) { $0 + $1 / Double(samples.count) }
        return [mean] + Array(repeating: 0, count: degree)
      })
  }
}
