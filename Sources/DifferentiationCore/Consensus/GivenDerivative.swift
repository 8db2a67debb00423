// SPDX-License-Identifier: Apache-2.0

/// The derivative written by hand beside a function, as a method among the others.
struct GivenDerivative: Differentiator {
  let given: TargetFunction.HandWritten

  var name: String { "hand-written" }

  var traits: DifferentiatorTraits {
    DifferentiatorTraits(
      mode: .given, accuracy: .exact, takesBlackBoxes: true, secondOrder: false, ruleFamily: "hand-written")
  }

  /// The rows as they were written; where their shape is wrong, the check says which components are.
  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    DerivativeResult(method: name, value: try f.value(at: x), rows: try given(x), evaluations: 1)
  }

  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    try Requirements.count(v, x.count, what: "the direction")
    var result = try jacobian(of: f, at: x)
    try requireShape(result, x)
    result.rows = result.rows.map { row in [zip(row, v).reduce(0) { $0 + $1.0 * $1.1 }] }
    return result
  }

  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
    var result = try jacobian(of: f, at: x)
    try Requirements.count(c, result.value.count, what: "the cotangent")
    try requireShape(result, x)
    result.rows = [combine(result.rows, c, count: x.count)]
    return result
  }

  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult { throw noSecondOrder("a Hessian") }

  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    throw noSecondOrder("a Hessian-vector product")
  }

  private func requireShape(_ result: DerivativeResult, _ x: [Double]) throws {
    let (rows, m) = (result.rows, result.value.count)
    guard rows.count == m, rows.allSatisfy({ $0.count == x.count }) else {
      throw DifferentiationError.shape(
        what: "the hand-written derivative", expected: "\(m) rows of \(x.count)",
        found: "\(rows.count) rows of \(Set(rows.map(\.count)).sorted())")
    }
  }

  private func noSecondOrder(_ request: String) -> DifferentiationError {
    .unsupported(
      method: name, request: request, reason: "only first derivatives were given", needs: .secondOrder)
  }
}
