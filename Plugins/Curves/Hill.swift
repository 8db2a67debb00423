// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*x^n/(k^n + x^n): saturation at a, half of it at k, with the exponent n; x must not be negative.
///
/// Hill 1910, The possible effects of the aggregation of the molecules of haemoglobin, J. Physiol. 40, iv-vii
public struct Hill: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*x^n/(k^n + x^n) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let k = parameters[first + 1]
    let n = parameters[first + 2]
    return S.select(0, isLessThan: x, then: a / (1 + S.pow(k / x, n)), else: 0)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("hill", summary: "a*x^n/(k^n + x^n) for x >= 0: cooperative binding") { _ in
      Curve(
        "hill", Hill(), parameters: ["a", "k", "n"], formula: "y = a*x^n/(k^n + x^n)",
        reference:
          "Hill 1910, The possible effects of the aggregation of the molecules of haemoglobin, J. Physiol. 40, iv-vii",
        startRule: start)
    }
  }

  /// Half-saturation and exponent from a grid, the limit by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "hill", atLeast: 3)
    try grid.require(grid.low >= 0 && grid.high > 0, "x must not be negative")
    let exponents = [-4, -2, -1, -0.5, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6]
    let best = try grid.best(of: grid.pairs(grid.positivePlaces, exponents)) { shape, x in
      [x > 0 ? 1 / (1 + Double.pow(shape[0] / x, shape[1])) : 0]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1]]
  }
}
