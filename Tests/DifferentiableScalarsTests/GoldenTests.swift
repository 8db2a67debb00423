// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting
import Testing

struct GoldenTests {
  @Test(arguments: ScalarMethod.all)
  func valuesAndDerivatives(method: ScalarMethod) throws {
    var worst = [0.0, 0, 0]
    var names = ["", "", ""]
    for f in ReferenceFunctions.all {
      for point in f.points {
        let computed = try method.evaluate(f.function, point.x)
        for order in computed.indices {
          let exact = point.number(order: order)
          let r = max(exact.error(of: computed[order]) - method.floors[order], 0) / exact.unit
          if !(r <= method.units[order]!) { print(method.name, f.id, point.x, order, computed[order], exact.nearest, r) }
          if !(r <= worst[order]) { worst[order] = r; names[order] = "\(f.id) \(point.x)" }
        }
      }
    }
    print("WORST", method.name, worst, names)
  }
}
