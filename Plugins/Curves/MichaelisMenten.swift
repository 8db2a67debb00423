// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = v*x/(k + x): the rate of an enzyme: the limit v, half of it at k.
///
/// Michaelis & Menten 1913, Die Kinetik der Invertinwirkung, Biochem. Z. 49, 333; translation doi:10.1021/bi201284u
public struct MichaelisMenten: SampleTerm {
  /// The curve's function.
  public init() {}

  /// v*x/(k + x) at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let v = parameters[first]
    let k = parameters[first + 1]
    return v * x / (k + x)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("michaelis-menten", summary: "v*x/(k + x): saturation") { _ in
      Curve(
        "michaelis-menten", MichaelisMenten(), parameters: ["v", "k"], formula: "y = v*x/(k + x)",
        reference:
          "Michaelis & Menten 1913, Die Kinetik der Invertinwirkung, Biochem. Z. 49, 333; translation doi:10.1021/bi201284u",
        startRule: start)
    }
  }

  /// Half-saturation from a grid, the limit by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "michaelis-menten", atLeast: 2)
    try grid.require(grid.low >= 0 && grid.high > 0, "x must not be negative")
    let best = try grid.best(of: grid.positivePlaces.map { [$0] }) { half, x in [x / (half[0] + x)] }
    return [best.coefficients[0], best.candidate[0]]
  }
}
