// SPDX-License-Identifier: Apache-2.0

import AccuracyTable
import DifferentiationCore
import DifferentiationTesting
import Testing

@Suite("Every method keeps its bounds over the reference functions")
struct BoundsTests {
  @Test("coverage of at least 99 %, and the errors that the traits promise")
  func standard() throws {
    let accuracy = try Support.accuracy.get()
    for measurement in accuracy.all {
      let broken = Bounds(measurement.method, order: measurement.order).broken(by: measurement)
      #expect(broken.isEmpty, "\(broken.joined(separator: "; "))")
      #expect(measurement.points.count >= 850)
    }
    // Every entry of the registry is measured, and some of them are of each kind.
    let names = Set(accuracy.first.map(\.method.specification))
    #expect(names.isSuperset(of: Support.standard.names))
    #expect(accuracy.first.contains { $0.method.traits.accuracy == .exact })
    #expect(accuracy.first.count { $0.method.traits.estimatesError } >= 3)
    #expect(accuracy.functions.count >= 60)
  }

  @Test("a slope off by 10⁻¹⁰ breaks the bounds of exact methods and of the central differences")
  func wrongSlopes() throws {
    let catalog = try Support.catalog(where: { _ in true }) { Scaled(base: $0, derivatives: 1 + 1e-10) }
    for name in catalog.names {
      let measurement = MethodMeasurement(try MeasuredMethod(name, in: catalog), order: 1)
      #expect(!Bounds(measurement.method, order: 1).broken(by: measurement).isEmpty, "\(name)")
    }
  }

  @Test("estimates a thousand times too small, or too large, break the bounds")
  func wrongEstimates() throws {
    for factor in [1e-3, 1e3] {
      let catalog = try Support.catalog(where: \.estimatesError) { Scaled(base: $0, estimates: factor) }
      for method in try MeasuredMethod.all(in: catalog) where method.traits.estimatesError {
        for order in [1, 2] {
          let measurement = MethodMeasurement(method, order: order)
          #expect(!Bounds(method, order: order).broken(by: measurement).isEmpty, "\(method.specification), \(factor)")
        }
      }
    }
  }

  @Test("a method that gives NaN, or throws, counts as failed and breaks the bounds")
  func failures() throws {
    let catalog = try Support.catalog(where: { !$0.estimatesError }) { WrongDifferentiator($0, .notANumber) }
    for name in catalog.names {
      let measurement = MethodMeasurement(try MeasuredMethod(name, in: catalog), order: 1)
      #expect(Statistics(measurement.points).failures == measurement.points.count)
      #expect(!Bounds(measurement.method, order: 1).broken(by: measurement).isEmpty, "\(name)")
    }
    // Exact methods refuse black boxes.
    let method = try MeasuredMethod(try #require(catalog.names.first), in: Support.standard)
    let refused = MethodMeasurement(method, order: 1, target: Support.otherLibrary)
    #expect(Statistics(refused.points).failures == refused.points.count)
    #expect(!Bounds(method, order: 1).broken(by: refused).isEmpty)
  }

  @Test("quantiles by nearest rank")
  func quantiles() {
    let list = (1...20).map(Double.init)
    #expect(quantile(list, 0.5) == 10 && quantile(list, 0.95) == 19 && quantile(list, 1) == 20)
    #expect(quantile([7], 0.5) == 7 && quantile([7], 0) == 7 && quantile([], 0.5).isNaN)
  }
}
