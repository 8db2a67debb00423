// SPDX-License-Identifier: Apache-2.0

import RandomStreams

/// A cheap look at a large derivative: along random directions instead of every component.
///
/// It may only let pass. What it does not let pass is compared again component by component.
struct DirectionScreen {
  let count: Int
  let seed: UInt64
  let rule: ToleranceRule

  func run(
    _ method: any Differentiator, against others: [MethodResult], _ f: TargetFunction, _ x: [Double]
  ) -> (MethodResult, passed: Bool) {
    let clock = ContinuousClock()
    let start = clock.now
    var random = NamedStreams(seed: seed).generator(for: .directions)
    var evaluations = 0
    var value: [Double]?
    var passed = true
    do {
      for _ in 0..<count {
        let v = x.map { _ in random.uniform() < 0.5 ? -1.0 : 1.0 }
        let along = try method.directionalDerivative(of: f, at: x, along: v)
        evaluations += along.evaluations
        value = along.value
        for other in others {
          guard let rows = other.rows else { continue }
          for (i, row) in rows.enumerated() {
            let expected = zip(row, v).reduce(0) { $0 + $1.0 * $1.1 }
            let size = row.reduce(0) { max($0, $1.magnitude) } * Double(x.count).squareRoot()
            let error = along.errors?[i][0] ?? 0
            if !rule.agrees(along.rows[i][0], expected, errors: (error, 0), largest: size) { passed = false }
          }
        }
      }
    } catch {
      return (
        MethodResult(
          screened: method, value: nil, evaluations: evaluations, seconds: (clock.now - start) / .seconds(1),
          failure: "\(error)"), true
      )
    }
    let result = MethodResult(
      screened: method, value: value, evaluations: evaluations, seconds: (clock.now - start) / .seconds(1), failure: nil
    )
    return (result, passed)
  }
}
