// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The exact answer to a request for a scenario, with the sizes that deviations are measured against.
struct ExactAnswer {
  var rows: [[Double]]
  var sizes: [[Double]]
  var gross: [[Double]]
  /// Roundings of the sums over inputs or outputs that the answer takes.
  var terms: Double
  /// Whether the answer is taken along a line, where a method by differences knows one step for all inputs.
  var alongLine: Bool

  /// nil where the scenario does not state it.
  init?(_ request: DerivativeRequest, _ scenario: DifferentiationScenario) {
    let lengths = scenario.lengths
    let values = scenario.valueSizes
    let first = scenario.jacobian.indices.map { i in lengths.map { values[i] / $0 } }
    alongLine = false
    terms = 0
    switch request {
    case .jacobian:
      (rows, sizes, gross) = (scenario.jacobian, scenario.jacobianSizes, first)
    case .directional(let v):
      rows = scenario.jacobian.map { [product($0, v)] }
      sizes = scenario.jacobianSizes.map { [product($0, v.map(\.magnitude))] }
      gross = first.map { [product($0, v.map(\.magnitude))] }
      (terms, alongLine) = (Double(v.count), true)
    case .vectorJacobian(let c):
      let weights = c.map(\.magnitude)
      let columns = scenario.point.indices
      rows = [columns.map { j in product(scenario.jacobian.map { $0[j] }, c) }]
      sizes = [columns.map { j in product(scenario.jacobianSizes.map { $0[j] }, weights) }]
      gross = [columns.map { j in product(first.map { $0[j] }, weights) }]
      terms = Double(c.count)
    case .hessian, .hessianVector:
      guard let hessian = scenario.hessian, let hessianSizes = scenario.hessianSizes else { return nil }
      let second = lengths.map { a in lengths.map { b in values[0] / a / b } }
      (rows, sizes, gross) = (hessian, hessianSizes, second)
      guard case .hessianVector(let v) = request else { return }
      let weights = v.map(\.magnitude)
      rows = [hessian.map { product($0, v) }]
      sizes = [hessianSizes.map { product($0, weights) }]
      gross = [second.map { product($0, weights) }]
      (terms, alongLine) = (Double(v.count), true)
    }
  }
}

/// Σ aᵢ bᵢ with 0 · ∞ = 0.
private func product(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + Double.chainProduct($1.0, $1.1) }
}
