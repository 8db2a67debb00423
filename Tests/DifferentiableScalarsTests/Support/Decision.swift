// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// One line of a decision of `docs/numerics.md`: a function at a point, with its value, slope and curvature.
struct Decision: Sendable, CustomStringConvertible {
  let text: String
  let function: AnyUnivariateFunction
  let x: Double
  let value: Double
  let first: Double
  let second: Double

  init(
    _ text: String, _ function: some UnivariateFunction, at x: Double, value: Double, first: Double, second: Double
  ) {
    self.text = text
    self.function = function.erased
    self.x = x
    self.value = value
    self.first = first
    self.second = second
  }

  var description: String { "\(text) at \(x)" }

  /// Checks every scalar, to second order. Zero, ±∞ and NaN have to be met exactly, other numbers to 4 ulps.
  func check(tolerance: Double = 0x1p-50, sourceLocation: SourceLocation = #_sourceLocation) throws {
    func same(_ a: Double, _ b: Double) -> Bool {
      a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= tolerance * b.magnitude
    }
    let plain: Double = try function(x)
    #expect(same(plain, value), "\(text): Double gives \(plain)", sourceLocation: sourceLocation)
    for (scalar, slope) in try SecondOrder.slopes(function, at: x) {
      #expect(same(slope, first), "\(self) by \(scalar): slope \(slope), not \(first)", sourceLocation: sourceLocation)
    }
    for result in try SecondOrder.all(function, at: x) {
      #expect(same(result.value, value), "\(self), not \(value): \(result)", sourceLocation: sourceLocation)
      #expect(same(result.first, first), "\(self), not \(first): \(result)", sourceLocation: sourceLocation)
      #expect(same(result.second, second), "\(self), not \(second): \(result)", sourceLocation: sourceLocation)
    }
  }
}
