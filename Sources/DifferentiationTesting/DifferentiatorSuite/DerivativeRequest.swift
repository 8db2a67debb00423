// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// One question to a differentiator, with the exact answer for a scenario.
enum DerivativeRequest: Sendable, CustomStringConvertible {
  case jacobian
  case directional([Double])
  case vectorJacobian([Double])
  case hessian
  case hessianVector([Double])

  var description: String {
    switch self {
    case .jacobian: "the Jacobian"
    case .directional(let v): "the derivative along \(text(v))"
    case .vectorJacobian(let c): "the product of \(text(c)) with the Jacobian"
    case .hessian: "the Hessian"
    case .hessianVector(let v): "the product of the Hessian with \(text(v))"
    }
  }

  var rule: DifferentiatorRule {
    switch self {
    case .jacobian: .jacobian
    case .directional: .directionalDerivative
    case .vectorJacobian: .vectorJacobianProduct
    case .hessian: .hessian
    case .hessianVector: .hessianVectorProduct
    }
  }

  var isSecondOrder: Bool {
    switch self {
    case .jacobian, .directional, .vectorJacobian: false
    case .hessian, .hessianVector: true
    }
  }

  func ask(_ differentiator: any Differentiator, _ f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    switch self {
    case .jacobian: try differentiator.jacobian(of: f, at: x)
    case .directional(let v): try differentiator.directionalDerivative(of: f, at: x, along: v)
    case .vectorJacobian(let c): try differentiator.vectorJacobianProduct(of: f, at: x, cotangent: c)
    case .hessian: try differentiator.hessian(of: f, at: x)
    case .hessianVector(let v): try differentiator.hessianVectorProduct(of: f, at: x, along: v)
    }
  }

  /// The number of rows and columns of an answer.
  func shape(inputs n: Int, outputs m: Int) -> (rows: Int, columns: Int) {
    switch self {
    case .jacobian: (m, n)
    case .directional: (m, 1)
    case .vectorJacobian, .hessianVector: (1, n)
    case .hessian: (n, n)
    }
  }

  /// All questions for a function of n inputs and m outputs, the second order where it is defined; directions and
  /// cotangents of unequal lengths and signs, and zero ones.
  static func all(inputs n: Int, outputs m: Int) -> [DerivativeRequest] {
    let v = pattern(n, 0)
    let w = pattern(n, 3)
    let zero = Array(repeating: 0.0, count: n)
    var requests: [DerivativeRequest] = [
      .jacobian, .directional(v), .directional(w), .directional(zero), .vectorJacobian(pattern(m, 1)),
      .vectorJacobian(pattern(m, 2)), .vectorJacobian(Array(repeating: 0, count: m)),
    ]
    if m == 1 { requests += [.hessian, .hessianVector(v), .hessianVector(w), .hessianVector(zero)] }
    return requests
  }

  /// Dyadic numbers of both signs, none of them 0 or ±1, the first one different for each seed.
  private static func pattern(_ count: Int, _ seed: Int) -> [Double] {
    (0..<count).map { Double(($0 * 3 + seed * 2) % 7) * 0.5 - 1.25 }
  }
}
