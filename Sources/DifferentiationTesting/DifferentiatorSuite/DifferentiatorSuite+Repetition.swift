// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// The same question twice, with and without others in between; inside a function; from several threads.
extension DifferentiatorSuite {
  /// Asks twice in a row, then after questions about another function: bit for bit the same.
  func checkRepetition(_ scenario: DifferentiationScenario) -> [ConformanceFailure] {
    let f = target(scenario)
    var found: [ConformanceFailure] = []
    for request in DerivativeRequest.all(inputs: scenario.point.count, outputs: scenario.outputs)
    where !request.isSecondOrder || differentiator.traits.secondOrder {
      func ask() -> DerivativeResult? { try? request.ask(differentiator, f, at: scenario.point) }
      // An error here has been reported by the rules about accuracy.
      guard let first = ask(), let second = ask() else { continue }
      let place = "\(scenario.name): \(request)"
      found += require(
        sameBits(first, second), .determinism, place, expected: "\(first.rows), as the first time",
        found: "\(second.rows)")
      askElsewhere()
      guard let third = ask() else {
        found.append(failure(.statelessness, place, expected: "\(second.rows)", found: "an error, after other calls"))
        continue
      }
      found += require(
        sameBits(second, third), .statelessness, "\(place), after other calls", expected: "\(second.rows)",
        found: "\(third.rows)")
    }
    return found
  }

  /// Leaves behind all that a careless method may keep: other sizes, NaN, an error, second derivatives.
  private func askElsewhere() {
    let f = TargetFunction(.field(Elsewhere().erased), handWritten: { _ in [[1, 1, 1]] })
    for x in [[3, 5, -7], [Double.nan, .infinity, 1], [-1.0, -1, -1]] {
      for request in DerivativeRequest.all(inputs: 3, outputs: 1) { _ = try? request.ask(differentiator, f, at: x) }
      var gradient: [Double] = []
      _ = try? differentiator.gradient(of: Elsewhere().erased, at: x, into: &gradient)
    }
  }

  /// A function that asks the same method for another function's derivative while it is being differentiated.
  func checkNesting() -> [ConformanceFailure] {
    guard !isGiven else { return [] }
    let inner = TargetFunction(InnerCube())
    let place = "f = x g′(2) + y with g = t³, g′ by the same method"
    return checking(.nesting, place) {
      let slope = try differentiator.jacobian(of: inner, at: [2]).derivative
      let f = TargetFunction(Outer(differentiator: differentiator, inner: inner))
      let scenario = DifferentiationScenario(
        place, f, at: [1.5, -2], jacobian: [[slope, 1]], hessian: [[0, 0], [0, 0]], lengths: [1, 1],
        valueSizes: [20], provenance: "g′ = 12, asked for alone")
      var found: [ConformanceFailure] = []
      for request in DerivativeRequest.all(inputs: 2, outputs: 1)
      where !request.isSecondOrder || differentiator.traits.secondOrder {
        let result = try request.ask(differentiator, f, at: scenario.point)
        found += checkResult(result, request, scenario, rule: .nesting, place: "\(place): \(request)")
      }
      return found
    }
  }
}

private struct Elsewhere: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    if x[0] < 0 { throw PlannedError(code: 4713) }
    return S.exp(x[0] * 0.25) * x[1] + x[2] * x[2] * x[0]
  }
}

private struct InnerCube: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ t: S) -> S { t * t * t }
}

private struct Outer: ScalarField {
  let differentiator: any Differentiator
  let inner: TargetFunction
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    x[0] * S(try differentiator.jacobian(of: inner, at: [2]).derivative) + x[1]
  }
}
