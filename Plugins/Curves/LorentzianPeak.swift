// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = h/(1 + ((x - m)/g)^2) + c: a peak of the height h at m with half of it g away, on the baseline c.
///
/// Lorentz 1906, doi:10.1007/978-94-015-3445-1; Bevington & Robinson 2003, Data Reduction and Error Analysis, section 2.4
public struct LorentzianPeak: SampleTerm {
  /// The curve's function.
  public init() {}

  /// h/(1 + ((x - m)/g)^2) + c at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let h = parameters[first]
    let m = parameters[first + 1]
    let g = parameters[first + 2]
    let c = parameters[first + 3]
    return h / (1 + ((x - m) / g) * ((x - m) / g)) + c
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("lorentzian", summary: "h/(1 + ((x - m)/g)^2) + c: a peak with wide wings") { _ in
      Curve(
        "lorentzian", LorentzianPeak(), parameters: ["h", "m", "g", "c"], formula: "y = h/(1 + ((x - m)/g)^2) + c",
        reference:
          "Lorentz 1906, doi:10.1007/978-94-015-3445-1; Bevington & Robinson 2003, Data Reduction and Error Analysis, section 2.4",
        startRule: start)
    }
  }

  /// Place and width from a grid, height and baseline by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "lorentzian", atLeast: 4)
    let best = try grid.best(of: grid.pairs(grid.points, grid.widths)) { shape, x in
      let z = (x - shape[0]) / shape[1]
      return [1 / (1 + z * z), 1]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1], best.coefficients[1]]
  }
}
