// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*x^b: a straight line between logarithms; x must be positive.
///
/// Newman 2005, Power laws, Pareto distributions and Zipf's law, doi:10.1080/00107510500052444
public struct PowerLaw: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*x^b at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let b = parameters[first + 1]
    return a * S.pow(x, b)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("power-law", summary: "a*x^b for x > 0") { _ in
      Curve(
        "power-law", PowerLaw(), parameters: ["a", "b"], formula: "y = a*x^b",
        reference: "Newman 2005, Power laws, Pareto distributions and Zipf's law, doi:10.1080/00107510500052444",
        startRule: start)
    }
  }

  /// The exponent from a grid, the factor by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "power-law", atLeast: 2)
    try grid.require(grid.low > 0, "x must be positive")
    let middle = (grid.low * grid.high).squareRoot()
    let exponents = stride(from: -6.0, through: 6, by: 0.25).map { [$0] }
    let best = try grid.best(of: exponents) { exponent, x in [Double.pow(x / middle, exponent[0])] }
    return [best.coefficients[0] * Double.pow(middle, -best.candidate[0]), best.candidate[0]]
  }
}
