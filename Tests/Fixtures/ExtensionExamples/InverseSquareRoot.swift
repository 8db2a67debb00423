// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// base / √(1 + step / period): a pure function of the step, counted from 0.
public struct InverseSquareRoot: Schedule {
  /// The number of steps after which the rate is base / √2.
  public let period: Int

  /// The specification that makes it again.
  public let specification: String

  /// The rate of a step.
  public func learningRate(at step: Int, base: Double) -> Double {
    base / (1 + Double(step) / Double(period)).squareRoot()
  }

  /// The registry's entry: inverse-square-root:period=100.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry(
      "inverse-square-root", summary: "base / √(1 + step / period)",
      options: [.integer("period", default: 100, in: 1 ... .max, "steps until the rate is base / √2")]
    ) { options in
      InverseSquareRoot(period: try options.integer("period"), specification: options.specification)
    }
  }
}
