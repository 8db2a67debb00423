// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting
import Testing

/// Values, slopes and curvatures of every scalar against 40-digit references, within `ScalarMethod.all`.
struct GoldenTests {
  @Test(arguments: ScalarMethod.all)
  func everyScalarAgreesWithTheReferences(method: ScalarMethod) throws {
    let comparison = try Comparison(method)
    #expect(comparison.disagreements == [])
    let points = ReferenceFunctions.all.reduce(0) { $0 + $1.points.count }
    #expect(comparison.compared == points * method.units.compactMap { $0 }.count)
  }

  /// The real part, the value of a dual number, … is bit for bit what `Double` computes.
  @Test(arguments: ScalarMethod.all)
  func valuesAreThoseOfDouble(method: ScalarMethod) throws {
    for f in ReferenceFunctions.all {
      for point in f.points {
        let plain: Double = try f.function(point.x)
        let value = try method.evaluate(f.function, point.x)[0]
        #expect(value == plain, "\(method) \(f) at \(point.x)")
      }
    }
  }

  @Test func theTableIsThere() {
    #expect(ReferenceFunctions.all.count == 65)
    #expect(Set(ReferenceFunctions.all.map(\.id)).count == 65)
    for f in ReferenceFunctions.all {
      #expect(f.points.count >= 10, "\(f)")
      #expect(zip(f.points, f.points.dropFirst()).allSatisfy { $0.x < $1.x }, "\(f)")
    }
  }

  /// The error is measured against 40 digits, not against the nearest double.
  @Test func errorsBelowAnUlpAreSeen() throws {
    let f = try #require(ReferenceFunctions.all.first { $0.id == "exp" })
    let e = try #require(f.points.first { $0.x == 0.5 }).value
    #expect(e.digits == "1.648721270700128146848650787814163571654")
    #expect(e.remainder != 0)
    #expect(e.remainder.magnitude <= e.nearest.ulp / 2)
    #expect(e.error(of: e.nearest) == e.remainder.magnitude)
    #expect(e.error(of: .nan).isNaN)
  }
}
