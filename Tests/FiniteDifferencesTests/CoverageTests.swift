// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting
import FiniteDifferences
import RandomStreams
import Testing

/// How a method did over all points of the reference table.
struct Coverage: CustomStringConvertible {
  var points = 0
  /// Points where the error is at most its estimate.
  var covered = 0
  /// Error relative to the reference, where that is not zero.
  var errors: [Double] = []
  /// Estimate over error, where that is not zero.
  var ratios: [Double] = []
  /// Evaluations a derivative.
  var evaluations: [Int] = []
  var missed: [String] = []

  var share: Double { Double(covered) / Double(points) }
  var medianError: Double { median(errors) }
  var medianRatio: Double { median(ratios) }
  var meanEvaluations: Double { Double(evaluations.reduce(0, +)) / Double(evaluations.count) }

  var description: String {
    "\(covered) of \(points) covered, median relative error \(medianError), estimate / error \(medianRatio), "
      + "\(meanEvaluations) evaluations (at most \(evaluations.max() ?? 0)); missed: \(missed)"
  }

  private func median(_ list: [Double]) -> Double {
    let sorted = list.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }

  mutating func add(
    _ estimate: DerivativeEstimate, error: Double, reference: Double, evaluations: Int, label: String
  ) {
    let claimed = estimate.error ?? 0
    points += 1
    self.evaluations.append(evaluations)
    if error <= claimed { covered += 1 } else { missed.append(label) }
    if reference != 0 { errors.append(error.isFinite ? error / reference.magnitude : .infinity) }
    if error > 0 { ratios.append(claimed / error) }
  }
}

@Suite("Error estimates over the reference functions")
struct CoverageTests {
  /// Scheme, order of the derivative, the largest median relative error, the largest median of estimate / error.
  ///
  /// The share is the project's requirement; the medians are bounds at about twice what was measured.
  static let requirements: [(FiniteDifference.Scheme, Int, Double, Double)] = [
    (.central, 1, 1e-13, 100), (.forward, 1, 2e-12, 100), (.backward, 1, 2e-12, 100),
    (.central, 2, 1e-10, 100), (.forward, 2, 4e-8, 100), (.backward, 2, 4e-8, 100),
  ]

  @Test("at least 99 % are covered, by an estimate that stays near the error", arguments: requirements)
  func covered(scheme: FiniteDifference.Scheme, order: Int, medianError: Double, medianRatio: Double) throws {
    let method = try FiniteDifference(scheme: scheme)
    var coverage = Coverage()
    for function in ReferenceFunctions.all {
      for point in function.points {
        var count = 0
        let f = { (x: Double) in
          count += 1
          return try function.function(x)
        }
        let estimate =
          order == 1 ? try method.differentiate(f, at: point.x) : try method.differentiateTwice(f, at: point.x)
        let exact = point.number(order: order)
        coverage.add(
          estimate, error: exact.error(of: estimate.derivative), reference: exact.nearest, evaluations: count,
          label: "\(function.id) at \(point.x)")
      }
    }
    #expect(coverage.points >= 850)
    #expect(coverage.share >= 0.99, "\(coverage)")
    #expect(coverage.medianError <= medianError, "\(coverage)")
    #expect(coverage.medianRatio <= medianRatio, "\(coverage)")
    #expect(coverage.meanEvaluations <= 20, "\(coverage)")
  }

  @Test("the estimate is no blanket: a derivative off by 10⁻⁴ lies outside it at most points")
  func wrongOnPurpose() throws {
    let method = try FiniteDifference()
    var rejected = 0
    var points = 0
    for function in ReferenceFunctions.all {
      for point in function.points where point.first.nearest != 0 {
        let estimate = try method.differentiate({ try function.function($0) }, at: point.x)
        let wrong = point.first.nearest * 1.0001
        points += 1
        if !((estimate.derivative - wrong).magnitude <= estimate.error ?? 0) { rejected += 1 }
      }
    }
    // The rest are points where the values carry no more: far tails, and sums that cancel.
    #expect(Double(rejected) > 0.9 * Double(points), "\(rejected) of \(points)")
  }

  @Test("beside kinks at random distances, as a network of rectifiers has them, at least 99 % are covered")
  func kinks() throws {
    let method = try FiniteDifference()
    var random = Xoshiro256(seed: 20_240_601)
    var coverage = Coverage()
    for trial in 0..<2000 {
      // Σ aᵢ relu(wᵢ x + bᵢ) and its square, 12 units: some kink lies inside nearly every first step.
      let units = (0..<12).map { _ in
        (a: random.uniform(in: -1..<1), w: random.uniform(in: -1..<1), b: random.uniform(in: -0.05..<0.05))
      }
      let x = random.uniform(in: -0.05..<0.05)
      let f = { (x: Double) in
        let sum = units.reduce(0) { $0 + $1.a * max(0, $1.w * x + $1.b) }
        return trial % 2 == 0 ? sum : (sum - 1) * (sum - 1)
      }
      let sum = units.reduce(0) { $0 + $1.a * max(0, $1.w * x + $1.b) }
      let slope = units.reduce(0) { $0 + ($1.w * x + $1.b > 0 ? $1.a * $1.w : 0) }
      let exact = trial % 2 == 0 ? slope : 2 * (sum - 1) * slope
      let estimate = try method.differentiate(f, at: x)
      coverage.add(
        estimate, error: (estimate.derivative - exact).magnitude, reference: exact, evaluations: 0,
        label: "trial \(trial)")
    }
    #expect(coverage.share >= 0.99, "\(coverage)")
    #expect(coverage.medianError <= 1e-9, "\(coverage)")
  }
}
