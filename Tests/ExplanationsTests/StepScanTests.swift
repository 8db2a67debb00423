// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Explanations
import Testing

private struct Cube: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x }
}

private struct Wave: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.exp(x) * S.sin(3 * x) }
}

@Suite("Errors against steps")
struct StepScanTests {
  @Test("The derivatives that the theory takes are those of the function")
  func derivatives() throws {
    let scan = try StepScan(of: Cube(), at: 2)
    #expect(scan.value == 8 && scan.derivative == 12 && scan.higher == [12, 6])
    #expect(scan.steps.count == 65 && scan.steps.first == 1e-16 && scan.steps.last == 1)
  }

  @Test("Each quotient has the order that it is known for, and the best step is near that of the theory")
  func orders() throws {
    let scan = try StepScan(of: Wave(), at: 0.7, perDecade: 8)
    for curve in scan.curves {
      let order = try #require(curve.measuredOrder)
      #expect((order - Double(curve.quotient.order)).magnitude < 0.15, "\(curve.quotient): \(order)")
      if let step = curve.theoreticalStep { #expect(curve.bestStep / step > 0.01 && curve.bestStep / step < 100) }
    }
    let best = Dictionary(uniqueKeysWithValues: scan.curves.map { ($0.quotient, $0.bestError) })
    #expect(try #require(best[.complexStep]) <= 4e-16 * scan.derivative.magnitude)
    #expect(try #require(best[.central]) < (try #require(best[.forward])))
  }

  @Test("The step of the teaching documents is too short for every quotient but the complex step")
  func document() throws {
    let scan = try StepScan(of: Cube(), at: 2)
    for curve in scan.curves {
      if curve.quotient == .complexStep {
        #expect(curve.errorAtDocumentStep <= 2e-15)
      } else {
        #expect(curve.errorAtDocumentStep > 1e-5 && curve.bestError < 1e-6, "\(curve.quotient)")
      }
    }
    // Exact for a cubic: only rounding is left, so there is no order to measure.
    #expect(scan.curves.first { $0.quotient == .fourthOrder }?.measuredOrder == nil)
  }

  @Test("Where the function ends there are no quotients, and none is called best")
  func edge() throws {
    struct Root: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.sqrt(x) }
    }
    let scan = try StepScan(of: Root(), at: 1e-3)
    let central = try #require(scan.curves.first { $0.quotient == .central })
    #expect(central.errors.contains { !$0.isFinite } && central.bestError.isFinite && central.bestStep < 1e-3)
  }
}
