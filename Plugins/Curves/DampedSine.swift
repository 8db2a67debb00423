// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RealModule

/// y = a*exp(-d*x)*sin(w*x + p) + c: an oscillation of the angular frequency w that fades at the rate d around the level c.
///
/// Press et al. 2007, Numerical Recipes, 3rd ed., section 13.8 (the grid of frequencies is that of a periodogram)
public struct DampedSine: SampleTerm {
  /// The curve's function.
  public init() {}

  /// a*exp(-d*x)*sin(w*x + p) + c at a row's only number x.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let x = sample[sample.startIndex]
    let first = parameters.startIndex
    let a = parameters[first]
    let d = parameters[first + 1]
    let w = parameters[first + 2]
    let p = parameters[first + 3]
    let c = parameters[first + 4]
    return a * S.exp(-d * x) * S.sin(w * x + p) + c
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("damped-sine", summary: "a*exp(-d*x)*sin(w*x + p) + c: a fading oscillation") { _ in
      Curve(
        "damped-sine", DampedSine(), parameters: ["a", "d", "w", "p", "c"], formula: "y = a*exp(-d*x)*sin(w*x + p) + c",
        reference:
          "Press et al. 2007, Numerical Recipes, 3rd ed., section 13.8 (the grid of frequencies is that of a periodogram)",
        startRule: start)
    }
  }

  /// Rate and frequency from a grid, amplitude, phase and level by linear least squares.
  static func start(_ samples: CurveSamples) throws -> [Double] {
    let grid = try StartGrid(samples, for: "damped-sine", atLeast: 5, limit: 256)
    let length = grid.high - grid.low
    let rates = [0, 0.5, 1, 2, 4, 8].map { $0 / length }
    let count = min(4 * grid.count, 400)
    let frequencies = (1...count).map { Double($0) * Double.pi / 4 / length }
    let best = try grid.best(of: grid.pairs(rates, frequencies)) { shape, x in
      let fade = Double.exp(-shape[0] * (x - grid.low))
      return [fade * Double.sin(shape[1] * x), fade * Double.cos(shape[1] * x), 1]
    }
    let (s, c) = (best.coefficients[0], best.coefficients[1])
    let amplitude = Double.hypot(s, c) * Double.exp(best.candidate[0] * grid.low)
    return [amplitude, best.candidate[0], best.candidate[1], Double.atan2(y: c, x: s), best.coefficients[2]]
  }
}
