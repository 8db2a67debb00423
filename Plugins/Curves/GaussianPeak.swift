// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = h*exp(-((x - m)/s)^2/2) + c: a peak of the height h at m with the standard deviation s, on the baseline c.
///
/// Bevington & Robinson 2003, Data Reduction and Error Analysis for the Physical Sciences, 3rd ed., chapter 9
public struct GaussianPeak: SampleTerm {
  /// The curve's function.
  public init() {}

  /// h*exp(-((x - m)/s)^2/2) + c at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let h = parameters[first]
    let m = parameters[first + 1]
    let s = parameters[first + 2]
    let c = parameters[first + 3]
    return h * S.exp(-((x - m) / s) * ((x - m) / s) / 2) + c
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("gaussian", summary: "h*exp(-((x - m)/s)^2/2) + c: a peak on a level") { _ in
      Curve(
        "gaussian", GaussianPeak(), parameters: ["h", "m", "s", "c"], formula: "y = h*exp(-((x - m)/s)^2/2) + c",
        reference:
          "Bevington & Robinson 2003, Data Reduction and Error Analysis for the Physical Sciences, 3rd ed., chapter 9",
        startRule: start)
    }
  }

  /// Place and width from a grid, height and baseline by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "gaussian", atLeast: 4)
    let best = try grid.best(of: grid.pairs(grid.points, grid.widths)) { shape, x in
      let z = (x - shape[0]) / shape[1]
      return [Double.exp(-z * z / 2), 1]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1], best.coefficients[1]]
  }
}
