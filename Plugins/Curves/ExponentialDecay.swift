// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*exp(-b*x) + c: decay at the rate b to the level c, with the offset a at 0.
///
/// Bates & Watts 1988, Nonlinear Regression Analysis, doi:10.1002/9780470316757
public struct ExponentialDecay: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*exp(-b*x) + c at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let b = parameters[first + 1]
    let c = parameters[first + 2]
    return a * S.exp(-b * x) + c
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("exponential-decay", summary: "a*exp(-b*x) + c: decay to a level") { _ in
      Curve(
        "exponential-decay", ExponentialDecay(), parameters: ["a", "b", "c"], formula: "y = a*exp(-b*x) + c",
        reference: "Bates & Watts 1988, Nonlinear Regression Analysis, doi:10.1002/9780470316757", startRule: start)
    }
  }

  /// The rate from a grid around the reciprocal of the range, the rest by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "exponential-decay", atLeast: 3)
    let rates = grid.reciprocalLengths
    let best = try grid.best(of: rates.map { [$0] }) { rate, x in [Double.exp(-rate[0] * (x - grid.low)), 1] }
    return [best.coefficients[0] * Double.exp(best.candidate[0] * grid.low), best.candidate[0], best.coefficients[1]]
  }
}
