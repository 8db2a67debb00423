// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*exp(-exp(-k*(x - m))): growth to the limit a that is fastest at m, at a/e.
///
/// Gompertz 1825, doi:10.1098/rstl.1825.0026
public struct Gompertz: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*exp(-exp(-k*(x - m))) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let k = parameters[first + 1]
    let m = parameters[first + 2]
    return a * S.exp(-S.exp(-k * (x - m)))
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("gompertz", summary: "a*exp(-exp(-k*(x - m))): asymmetric growth") { _ in
      Curve(
        "gompertz", Gompertz(), parameters: ["a", "k", "m"], formula: "y = a*exp(-exp(-k*(x - m)))",
        reference: "Gompertz 1825, doi:10.1098/rstl.1825.0026", startRule: start)
    }
  }

  /// Rate and place of the fastest growth from a grid, the limit by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "gompertz", atLeast: 3)
    let best = try grid.best(of: grid.pairs(grid.signedReciprocalLengths, grid.places)) { shape, x in
      [Double.exp(-Double.exp(-shape[0] * (x - shape[1])))]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1]]
  }
}
