// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A method whose result is changed on purpose.
struct WrongDifferentiator: Differentiator {
  var base: any Differentiator
  var name: String
  var family: String?
  var change: @Sendable (inout DerivativeResult) -> Void

  init(
    _ base: any Differentiator, name: String? = nil, family: String? = nil,
    _ change: @escaping @Sendable (inout DerivativeResult) -> Void
  ) {
    self.base = base
    self.name = name ?? base.name
    self.family = family
    self.change = change
  }

  var traits: DifferentiatorTraits {
    let t = base.traits
    return DifferentiatorTraits(
      mode: t.mode, accuracy: t.accuracy, takesBlackBoxes: t.takesBlackBoxes, secondOrder: t.secondOrder,
      estimatesError: t.estimatesError, ruleFamily: family ?? t.ruleFamily)
  }

  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    var result = try base.jacobian(of: f, at: x)
    change(&result)
    return result
  }

  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    var full = try jacobian(of: f, at: x)
    full.rows = full.rows.map { row in [zip(row, v).reduce(0) { $0 + $1.0 * $1.1 }] }
    full.errors = full.errors?.map { row in [row.reduce(0, +)] }
    full.statuses = nil
    return full
  }

  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult {
    try base.vectorJacobianProduct(of: f, at: x, cotangent: c)
  }

  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult { try base.hessian(of: f, at: x) }

  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult {
    try base.hessianVectorProduct(of: f, at: x, along: v)
  }
}
