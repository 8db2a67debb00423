// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// What a method cannot do, it says by a typed error with a way out.
extension DifferentiatorSuite {
  func checkRefusals() -> [ConformanceFailure] {
    var found: [ConformanceFailure] = []
    let f = TargetFunction(RefusalProbe())
    let given = TargetFunction(f.body, handWritten: { _ in [[0, 0]] })
    if !differentiator.traits.secondOrder {
      for request in DerivativeRequest.all(inputs: 2, outputs: 1) where request.isSecondOrder {
        found += expectRefusal(of: request, isGiven ? given : f, rule: .unsupported, place: "second order: \(request)")
      }
    }
    if !differentiator.traits.takesBlackBoxes {
      let blackBox = TargetFunction.blackBox { $0[0] * $0[1] }
      for request in DerivativeRequest.all(inputs: 2, outputs: 1) {
        found += expectRefusal(of: request, blackBox, rule: .blackBox, place: "a black box: \(request)")
      }
    }
    return found
  }

  private func expectRefusal(
    of request: DerivativeRequest, _ f: TargetFunction, rule: DifferentiatorRule, place: String
  ) -> [ConformanceFailure] {
    let expected = "DifferentiationError.unsupported that says what a method needs for it"
    do {
      let result = try request.ask(differentiator, f, at: [1.5, -2])
      return [failure(rule, place, expected: expected, found: "the result \(result.rows)")]
    } catch DifferentiationError.unsupported(_, _, let reason, let needs, let alternatives) {
      let helps =
        !reason.isEmpty && !alternatives.contains(differentiator.name) && !needs.isMet(by: differentiator.traits)
      return require(
        helps, rule, place, expected: expected,
        found: "needs \(needs.rawValue), alternatives \(alternatives), reason '\(reason)'")
    } catch {
      return [failure(rule, place, expected: expected, found: "the error: \(error)")]
    }
  }
}

private struct RefusalProbe: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { x[0] * x[1] }
}
