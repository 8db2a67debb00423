// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// Lengths that do not fit are shape errors, never results and never crashes.
extension DifferentiatorSuite {
  func checkLengths() -> [ConformanceFailure] {
    let given: TargetFunction.HandWritten = { _ in [[1, 1], [1, 1]] }
    let f = TargetFunction(TwoOutputs(), jacobian: given)
    let scalar = TargetFunction(.field(OneOutput().erased), handWritten: { _ in [[1, 1]] })
    var found: [ConformanceFailure] = []
    for count in [0, 1, 3] {
      let v = Array(repeating: 0.5, count: count)
      found += expectShapeError(.directional(v), f, [1.5, -2], "a direction of \(count) for 2 inputs")
      found += expectShapeError(.vectorJacobian(v), f, [1.5, -2], "a cotangent of \(count) for 2 outputs")
      found += expectShapeError(.hessianVector(v), scalar, [1.5, -2], "a direction of \(count) for the Hessian")
    }
    found += expectShapeError(.hessian, f, [1.5, -2], "the Hessian of 2 outputs")
    found += expectShapeError(.hessianVector([1, 1]), f, [1.5, -2], "a Hessian-vector product of 2 outputs")
    var named = scalar
    named.inputs = ParameterLayout(names: ["width", "height"])
    for point in [[], [1.5], [1.5, -2, 3]] {
      for request in DerivativeRequest.all(inputs: point.count, outputs: 1) {
        found += expectShapeError(request, named, point, "a point of \(point.count) for 2 names: \(request)")
      }
    }
    return found
  }

  private func expectShapeError(
    _ request: DerivativeRequest, _ f: TargetFunction, _ x: [Double], _ place: String
  ) -> [ConformanceFailure] {
    guard !request.isSecondOrder || differentiator.traits.secondOrder else { return [] }
    do {
      let result = try request.ask(differentiator, f, at: x)
      return [failure(.lengthMismatch, place, expected: "DifferentiationError.shape", found: "\(result.rows)")]
    } catch DifferentiationError.shape {
      return []
    } catch {
      return [failure(.lengthMismatch, place, expected: "DifferentiationError.shape", found: "the error: \(error)")]
    }
  }
}

/// Both take any number of inputs, so that a method that does not look finds no error.
private struct TwoOutputs: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [S.sum(x), S.dot(x, x)] }
}

private struct OneOutput: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.dot(x, x) }
}
