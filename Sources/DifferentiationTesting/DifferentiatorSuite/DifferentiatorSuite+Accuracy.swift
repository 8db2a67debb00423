// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Every request of every scenario against its exact answer.
extension DifferentiatorSuite {
  func checkAccuracy(_ scenario: DifferentiationScenario) -> [ConformanceFailure] {
    let f = target(scenario)
    let requests = DerivativeRequest.all(inputs: scenario.point.count, outputs: scenario.outputs)
    let answers = requests.flatMap { request in
      checkRequest(request, scenario, f)
    }
    return answers + checkBlackBox(scenario) + checkGradientInto(scenario)
  }

  private func checkRequest(
    _ request: DerivativeRequest, _ scenario: DifferentiationScenario, _ f: TargetFunction
  ) -> [ConformanceFailure] {
    guard !request.isSecondOrder || differentiator.traits.secondOrder else { return [] }
    let place = "\(scenario.name): \(request)"
    return checking(request.rule, place) {
      let result = try request.ask(differentiator, f, at: scenario.point)
      return checkResult(result, request, scenario, rule: request.rule, place: place)
    }
  }

  /// Value, shape, entries, estimates, count and name of one result.
  func checkResult(
    _ result: DerivativeResult, _ request: DerivativeRequest, _ scenario: DifferentiationScenario,
    rule: DifferentiatorRule, place: String
  ) -> [ConformanceFailure] {
    var found = require(
      result.method == differentiator.name, .name, place, expected: "the method '\(differentiator.name)'",
      found: "'\(result.method)'")
    found += require(
      result.evaluations > 0, .evaluations, place, expected: "at least 1", found: "\(result.evaluations)")
    if let plain = try? scenario.function.value(at: scenario.point) {
      found += require(
        result.value.count == plain.count && zip(result.value, plain).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) },
        .value, place, expected: text(plain), found: text(result.value))
    }
    let (rows, columns) = request.shape(inputs: scenario.point.count, outputs: scenario.outputs)
    let misshapen = checkShape(result, rows: rows, columns: columns, place: place)
    guard misshapen.isEmpty else { return found + misshapen }
    if case .hessian = request { found += checkSymmetry(result, place: place) }
    return found + checkEstimates(result, place: place)
      + checkEntries(result.rows, result.errors, request, scenario, rule: rule, place: place)
  }

  func checkShape(_ result: DerivativeResult, rows: Int, columns: Int, place: String) -> [ConformanceFailure] {
    func fits<T>(_ matrix: [[T]]) -> Bool { matrix.count == rows && matrix.allSatisfy { $0.count == columns } }
    let fits =
      fits(result.rows) && (result.errors.map { fits($0) } ?? true) && (result.statuses.map { fits($0) } ?? true)
    return require(
      fits, .shape, place, expected: "\(rows) rows of \(columns), errors and statuses alike",
      found: "rows of \(result.rows.map(\.count)), errors of \(result.errors.map { "\($0.map(\.count))" } ?? "none"), "
        + "statuses of \(result.statuses.map { "\($0.map(\.count))" } ?? "none")")
  }

  private func checkSymmetry(_ result: DerivativeResult, place: String) -> [ConformanceFailure] {
    for i in result.rows.indices {
      for j in 0..<i where !sameBits(result.rows[i][j], result.rows[j][i]) {
        return [
          failure(
            .hessianSymmetry, place, expected: "H[\(i),\(j)] = H[\(j),\(i)] to the last bit",
            found: "\(result.rows[i][j]) and \(result.rows[j][i])")
        ]
      }
    }
    return []
  }

  private func checkEstimates(_ result: DerivativeResult, place: String) -> [ConformanceFailure] {
    guard let errors = result.errors else {
      return require(
        !differentiator.traits.estimatesError, .errorEstimates, place, expected: "an estimate for each entry",
        found: "none")
    }
    for (row, values) in zip(errors, result.rows) {
      for (error, value) in zip(row, values) where value.isFinite && !(error >= 0) {
        return [failure(.errorEstimates, place, expected: "an estimate of 0 or more", found: "\(error)")]
      }
    }
    return []
  }

  /// The worst entry that is further off than the table allows, and the worst estimate that says nothing.
  func checkEntries(
    _ rows: [[Double]], _ errors: [[Double]]?, _ request: DerivativeRequest, _ scenario: DifferentiationScenario,
    rule: DifferentiatorRule, place: String
  ) -> [ConformanceFailure] {
    guard let exact = ExactAnswer(request, scenario) else { return [] }
    let table = AccuracyTable(differentiator.traits)
    // A step along a line is one for all inputs: it can suit them only where all lengths are about 1.
    let suits = scenario.suitsDifferences && (!exact.alongLine || scenario.lengths.allSatisfy { 0.01...100 ~= $0 })
    var worst: (excess: Double, failure: ConformanceFailure)?
    func note(_ excess: Double, _ failure: @autoclosure () -> ConformanceFailure) {
      if !(excess <= 1), !((worst?.excess ?? 1) >= excess) { worst = (excess, failure()) }
    }
    for i in rows.indices {
      for j in rows[i].indices {
        let entry = AccuracyTable.Entry(
          size: exact.sizes[i][j], gross: exact.gross[i][j], roundings: scenario.roundings + exact.terms,
          order: request.isSecondOrder ? 2 : 1, suitsDifferences: suits)
        let estimate = errors.map { $0[i][j] }
        guard let allowed = table.allowance(entry, estimate: estimate) else { continue }
        let deviation = (rows[i][j] - exact.rows[i][j]).magnitude
        note(
          deviation == 0 ? 0 : (deviation.isNaN ? .infinity : deviation / allowed),
          failure(
            rule, place, expected: "\(exact.rows[i][j]) ± \(allowed) at [\(i),\(j)] (\(scenario.provenance))",
            found: "\(rows[i][j])"))
        if let estimate, let largest = table.largestEstimate(entry) {
          note(
            estimate == 0 ? 0 : estimate / largest,
            failure(
              .errorEstimates, place, expected: "an estimate up to \(largest) at [\(i),\(j)]", found: "\(estimate)"))
        }
      }
    }
    return worst.map { [$0.failure] } ?? []
  }
}
