// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = a/(1 + exp(-k*(x - m))): growth to the limit a with half of it reached at m.
///
/// Verhulst 1838, Notice sur la loi que la population suit dans son accroissement, Corr. Math. Phys. 10, 113
public struct Logistic: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a/(1 + exp(-k*(x - m))) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let k = parameters[first + 1]
    let m = parameters[first + 2]
    return a * S.sigmoid(k * (x - m))
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("logistic", summary: "a/(1 + exp(-k*(x - m))): S-shaped growth") { _ in
      Curve(
        "logistic", Logistic(), parameters: ["a", "k", "m"], formula: "y = a/(1 + exp(-k*(x - m)))",
        reference:
          "Verhulst 1838, Notice sur la loi que la population suit dans son accroissement, Corr. Math. Phys. 10, 113",
        startRule: start)
    }
  }

  /// Rate and midpoint from a grid, the limit by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "logistic", atLeast: 3)
    let best = try grid.best(of: grid.pairs(grid.signedReciprocalLengths, grid.places)) { shape, x in
      [Double.sigmoid(shape[0] * (x - shape[1]))]
    }
    return [best.coefficients[0], best.candidate[0], best.candidate[1]]
  }
}
