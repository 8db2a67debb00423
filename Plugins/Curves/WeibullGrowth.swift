// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*(1 - exp(-(x/l)^k)): the Weibull distribution function times a limit a: scale l, shape k; x must not be negative.
///
/// Weibull 1951, A statistical distribution function of wide applicability, doi:10.1115/1.4010337
public struct WeibullGrowth: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*(1 - exp(-(x/l)^k)) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let l = parameters[first + 1]
    let k = parameters[first + 2]
    return S.select(0, isLessThan: x, then: -a * S.expMinusOne(-S.pow(x / l, k)), else: 0)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("weibull", summary: "a*(1 - exp(-(x/l)^k)) for x >= 0: growth to a limit") { _ in
      Curve(
        "weibull", WeibullGrowth(), parameters: ["a", "l", "k"], formula: "y = a*(1 - exp(-(x/l)^k))",
        reference: "Weibull 1951, A statistical distribution function of wide applicability, doi:10.1115/1.4010337",
        startRule: start)
    }
  }

  /// Scale and shape from a grid, the limit by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "weibull", atLeast: 3)
    try grid.require(grid.low >= 0 && grid.high > 0, "x must not be negative")
    let shapes = [0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6]
    let best = try grid.best(of: grid.pairs(grid.positivePlaces, shapes)) { shape, x in
      [x > 0 ? 1 - Double.exp(-Double.pow(x / shape[0], shape[1])) : 0]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1]]
  }
}
