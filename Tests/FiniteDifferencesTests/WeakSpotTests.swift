// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting
import FiniteDifferences
import RandomStreams
import Testing

/// A function that finite differences are bad at, with its derivative.
struct WeakSpot: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Where, from a number in [0, 1).
  let place: @Sendable (Double) -> Double
  let function: @Sendable (Double) -> Double
  let slope: @Sendable (Double) -> Double
  /// The smallest share of points to be covered.
  let share: Double
  /// The largest median of |error| over |f′|.
  let medianError: Double

  init(
    _ name: String, at place: @escaping @Sendable (Double) -> Double, share: Double, medianError: Double,
    _ function: @escaping @Sendable (Double) -> Double, slope: @escaping @Sendable (Double) -> Double
  ) {
    testDescription = name
    (self.place, self.function, self.slope) = (place, function, slope)
    (self.share, self.medianError) = (share, medianError)
  }
}

@Suite("Where finite differences are weak")
struct WeakSpotTests {
  /// Shares and errors are those measured, with room of a few points and a factor of three.
  static let spots = [
    WeakSpot(
      "x⁴ near 0", at: { .pow(10, -10 * $0) }, share: 0.99, medianError: 1e-14, { $0 * $0 * $0 * $0 },
      slope: { 4 * $0 * $0 * $0 }),
    WeakSpot(
      "(x - 1)⁴ near 1", at: { 1 + .pow(10, -10 * $0) }, share: 0.99, medianError: 1e-12,
      { ($0 - 1) * ($0 - 1) * ($0 - 1) * ($0 - 1) }, slope: { 4 * ($0 - 1) * ($0 - 1) * ($0 - 1) }),
    WeakSpot(
      "log(1 + exp x), operation by operation, in its tail", at: { -20 - 15 * $0 }, share: 0.75, medianError: 0.1,
      { .log(1 + .exp($0)) }, slope: { .sigmoid($0) }),
    WeakSpot(
      "log(cosh x) around 0", at: { .pow(10, -2 - 3 * $0) }, share: 0.95, medianError: 1e-9, { .log(.cosh($0)) },
      slope: { .tanh($0) }),
    WeakSpot(
      "1 - tanh x in its tail", at: { 8 + 8 * $0 }, share: 0.85, medianError: 1e-3, { 1 - .tanh($0) },
      slope: { -1 / (.cosh($0) * .cosh($0)) }),
    WeakSpot(
      "single precision", at: { 2 * $0 }, share: 0.8, medianError: 3e-4, { Double(Float(Double.sin($0))) },
      slope: { .cos($0) }),
    WeakSpot(
      "six decimals", at: { 2 * $0 }, share: 0.8, medianError: 3e-3, { (.sin($0) * 1e6).rounded() / 1e6 },
      slope: { .cos($0) }),
  ]

  @Test("the estimate covers the error, and the error stays small", arguments: spots)
  func central(spot: WeakSpot) throws {
    let method = try FiniteDifference()
    var random = Xoshiro256(seed: 7)
    var coverage = Coverage()
    for _ in 0..<500 {
      let x = spot.place(random.uniform(in: 0..<1))
      let estimate = try method.differentiate({ spot.function($0) }, at: x)
      let exact = spot.slope(x)
      coverage.add(
        estimate, error: (estimate.derivative - exact).magnitude, reference: exact, evaluations: 0, label: "\(x)")
    }
    #expect(coverage.share >= spot.share, "\(coverage)")
    #expect(coverage.medianError <= spot.medianError, "\(coverage)")
  }

  @Test("a single kink at any distance from 10⁻⁸ to 10⁻¹, on either side")
  func kink() throws {
    let method = try FiniteDifference()
    var random = Xoshiro256(seed: 8)
    for offset in [0.0, 1] {
      var coverage = Coverage()
      for trial in 0..<500 {
        let x = Double.pow(10, random.uniform(in: -8..<(-1))) * (trial % 2 == 0 ? 1 : -1)
        let estimate = try method.differentiate({ offset + max(0, $0) }, at: x)
        coverage.add(
          estimate, error: (estimate.derivative - (x > 0 ? 1 : 0)).magnitude, reference: 1, evaluations: 0,
          label: "\(x)")
      }
      #expect(coverage.share >= 0.95, "\(coverage)")
    }
  }

  @Test("straight lines and parabolas at round numbers are not taken for functions with steps")
  func roundNumbers() throws {
    let method = try FiniteDifference()
    let functions: [(value: @Sendable (Double) -> Double, slope: @Sendable (Double) -> Double)] = [
      ({ 3 * $0 - 1 }, { _ in 3 }), ({ 1 + $0 * $0 }, { 2 * $0 }),
      ({ $0 * $0 * $0 / 8 - $0 }, { 0.375 * $0 * $0 - 1 }),
    ]
    for x in [-2, -0.5, 0.25, 0x1p-10, 1, 3] {
      for f in functions {
        let estimate = try method.differentiate({ f.value($0) }, at: x)
        #expect((estimate.derivative - f.slope(x)).magnitude <= estimate.error ?? 0)
        #expect(estimate.error ?? 1 <= 1e-9, "\(x)")
      }
    }
  }

  @Test("fixed steps: the estimate covers the error at 97 % of the reference points where they have a result")
  func fixedSteps() throws {
    let steps: [(FiniteDifference.Scheme, Double, Int, FiniteDifference.Denominator)] = [
      (.forward, 1e-12, 1, .step), (.forward, 1e-8, 1, .representable), (.backward, 1e-4, 1, .step),
      (.forward, 1e-5, 2, .representable), (.central, 1e-4, 2, .step), (.central, 1e-3, 4, .representable),
    ]
    for (scheme, h, order, denominator) in steps {
      let method = try FiniteDifference(scheme: scheme, step: .fixed(h, order: order, denominator: denominator))
      for derivative in [1, 2] {
        var coverage = Coverage()
        for function in ReferenceFunctions.all {
          for point in function.points {
            let f = { (x: Double) in try function.function(x) }
            let estimate =
              try derivative == 1
              ? method.differentiate(f, at: point.x) : method.differentiateTwice(f, at: point.x)
            guard estimate.derivative.isFinite else {
              #expect(estimate.status == .notFinite && estimate.error == .infinity)
              continue
            }
            let exact = point.number(order: derivative)
            coverage.add(
              estimate, error: exact.error(of: estimate.derivative), reference: exact.nearest, evaluations: 0,
              label: "\(function.id) at \(point.x)")
          }
        }
        #expect(coverage.points >= 750)
        #expect(coverage.share >= 0.97, "\(scheme), \(h), f\(derivative): \(coverage)")
        #expect(coverage.medianRatio <= 100, "\(scheme), \(h), f\(derivative): \(coverage)")
      }
    }
  }
}
