// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting

/// What comparing one method with the reference functions found.
struct Comparison {
  /// The numbers compared: at least one a point.
  private(set) var compared = 0
  /// Each disagreement in one line.
  private(set) var disagreements: [String] = []

  /// Compares value and derivatives at every point of the functions. A NaN is a disagreement.
  init(_ method: ScalarMethod, with functions: [ReferenceFunction] = ReferenceFunctions.all) throws {
    for f in functions {
      for point in f.points {
        for (order, computed) in try method.evaluate(f.function, point.x).enumerated() {
          compared += 1
          let exact = point.number(order: order)
          let allowed = (method.units[order] ?? -1) * exact.unit + method.floors[order]
          let error = exact.error(of: computed)
          if !(error <= allowed) {
            disagreements.append(
              "\(method) \(f.id)(\(point.x)), order \(order): \(computed), exactly \(exact.digits); "
                + "off by \(error / exact.unit) units")
          }
        }
      }
    }
  }
}
