// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// A cheap look at a large derivative: along random directions of ±1 instead of every component.
///
/// It may only let pass. What it does not let pass is compared again component by component. An error in one
/// component of size e changes every direction by e; errors in several cancel in a direction by chance only, and in
/// all of them with probability 2⁻ᶜᵒᵘⁿᵗ at the most.
struct DirectionScreen {
  let count: Int
  let seed: UInt64
  let rule: ToleranceRule
  let terms: [[Double]]?

  /// Compares Jv by one method with v weighed by the rows of the others.
  ///
  /// - Returns: the method's result without rows, whether it passed, and the closest call.
  func run(
    _ method: any Differentiator, against others: [MethodResult], _ f: TargetFunction, _ x: [Double]
  ) -> (result: MethodResult, passed: Bool, worst: Comparison?) {
    let clock = ContinuousClock()
    let start = clock.now
    var outcome = compared(method, against: others, f, x)
    outcome.result.seconds = (clock.now - start) / .seconds(1)
    return outcome
  }

  private func compared(
    _ method: any Differentiator, against others: [MethodResult], _ f: TargetFunction, _ x: [Double]
  ) -> (result: MethodResult, passed: Bool, worst: Comparison?) {
    var random = NamedStreams(seed: seed).generator(for: .directions)
    var result = MethodResult(screened: method)
    var worst: Comparison?
    var passed = others.contains { $0.rows != nil }
    do {
      for k in 0..<count where passed {
        let v = x.map { _ in random.below(2) == 0 ? -1.0 : 1.0 }
        let along = try method.directionalDerivative(of: f, at: x, along: v)
        result.evaluations += along.evaluations
        result.value = along.value
        for other in others {
          guard let rows = other.rows else { continue }
          for i in rows.indices {
            guard let comparison = compare(along, rows[i], i, v, "direction \(k)", [method.name, other.name]) else {
              return (result, false, worst)
            }
            if !comparison.isWithinRule || isBlunt(comparison, i, rows[i]) { passed = false }
            if worst == nil || !(comparison.ratio <= worst?.ratio ?? 0) { worst = comparison }
          }
        }
      }
    } catch {
      result.fail(error)
      // A method that cannot go along a direction may still give every component.
      return (result, result.participation == .unsupported, nil)
    }
    return (result, passed, passed ? worst : nil)
  }

  private func compare(
    _ along: DerivativeResult, _ row: [Double], _ i: Int, _ v: [Double], _ name: String, _ methods: [String]
  ) -> Comparison? {
    guard along.rows.indices.contains(i), let value = along.rows[i].first, row.count == v.count else { return nil }
    let expected = zip(row, v).reduce(0) { $0 + $1.0 * $1.1 }
    // Terms of random sign: their roundoff adds like a random walk.
    let sizes = terms.flatMap { $0.indices.contains(i) ? $0[i] : nil } ?? []
    let norm = sizes.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let size = norm.isFinite ? norm : 0
    let error = along.errors.map { $0.indices.contains(i) ? $0[i].first ?? .nan : .nan } ?? 0
    let errors = (error >= 0 ? error : .nan, 0.0)
    return Comparison(
      parameter: name, methods: methods, values: [value, expected], difference: (value - expected).magnitude,
      allowed: rule.allowance(value, expected, errors: errors, terms: size),
      decidedBy: rule.decidingTerm(value, expected, errors: errors, terms: size))
  }

  /// Whether the allowance is so wide that a component of ordinary size could hide in it.
  private func isBlunt(_ comparison: Comparison, _ i: Int, _ row: [Double]) -> Bool {
    let size = (row.reduce(0) { $0 + $1 * $1 } / Double(max(row.count, 1))).squareRoot()
    return size > 0 && !(comparison.allowed <= ComponentJudge.coarsest * size)
  }
}
