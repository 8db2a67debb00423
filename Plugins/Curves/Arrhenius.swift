// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*exp(-t/x): the rate at the absolute temperature x > 0; t is the activation energy over the gas constant, in kelvin.
/// (Not e, which in formulas is 2.718…)
///
/// Arrhenius 1889, doi:10.1515/zpch-1889-0416
public struct Arrhenius: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*exp(-t/x) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let t = parameters[first + 1]
    return a * S.exp(-t / x)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("arrhenius", summary: "a*exp(-t/x): a rate against absolute temperature") { _ in
      Curve(
        "arrhenius", Arrhenius(), parameters: ["a", "t"], formula: "y = a*exp(-t/x)",
        reference: "Arrhenius 1889, doi:10.1515/zpch-1889-0416", startRule: start)
    }
  }

  /// The energy from a grid, the factor by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "arrhenius", atLeast: 2)
    try grid.require(grid.low > 0, "x must be positive")
    let size = grid.low * grid.high / (grid.high - grid.low)
    let energies = stride(from: -5.0, through: 5, by: 0.25).flatMap {
      [[size * Double.exp2($0)], [-size * Double.exp2($0)]]
    }
    let best = try grid.best(of: energies) { energy, x in [Double.exp(-energy[0] * (1 / x - 1 / grid.high))] }
    return [best.coefficients[0] * Double.exp(best.candidate[0] / grid.high), best.candidate[0]]
  }
}
