// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*exp(b*x) + c: growth at the rate b from the level c.
///
/// Bates & Watts 1988, Nonlinear Regression Analysis, doi:10.1002/9780470316757
public struct ExponentialGrowth: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*exp(b*x) + c at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let b = parameters[first + 1]
    let c = parameters[first + 2]
    return a * S.exp(b * x) + c
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("exponential-growth", summary: "a*exp(b*x) + c: growth from a level") { _ in
      Curve(
        "exponential-growth", ExponentialGrowth(), parameters: ["a", "b", "c"], formula: "y = a*exp(b*x) + c",
        reference: "Bates & Watts 1988, Nonlinear Regression Analysis, doi:10.1002/9780470316757", startRule: start)
    }
  }

  /// The rate from a grid around the reciprocal of the range, the rest by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "exponential-growth", atLeast: 3)
    let rates = grid.reciprocalLengths
    let best = try grid.best(of: rates.map { [$0] }) { rate, x in [Double.exp(rate[0] * (x - grid.high)), 1] }
    return [best.coefficients[0] * Double.exp(-best.candidate[0] * grid.high), best.candidate[0], best.coefficients[1]]
  }
}
