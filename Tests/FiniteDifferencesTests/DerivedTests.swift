// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import FiniteDifferences
import Testing

@Suite("What is derived from the quotients")
struct DerivedTests {
  let method: FiniteDifference
  init() throws { method = try FiniteDifference() }

  /// f = x² y + exp(x z) + y z³.
  static let field = TargetFunction.blackBox { v in
    v[0] * v[0] * v[1] + .exp(v[0] * v[2]) + v[1] * v[2] * v[2] * v[2]
  }
  static let point = [0.7, -1.3, 0.4]

  static func gradient(_ v: [Double]) -> [Double] {
    let e = Double.exp(v[0] * v[2])
    return [
      2 * v[0] * v[1] + v[2] * e, v[0] * v[0] + v[2] * v[2] * v[2], v[0] * e + 3 * v[1] * v[2] * v[2],
    ]
  }

  static func hessian(_ v: [Double]) -> [[Double]] {
    let e = Double.exp(v[0] * v[2])
    let xz = e + v[0] * v[2] * e
    return [
      [2 * v[1] + v[2] * v[2] * e, 2 * v[0], xz], [2 * v[0], 0, 3 * v[2] * v[2]],
      [xz, 3 * v[2] * v[2], v[0] * v[0] * e + 6 * v[1] * v[2]],
    ]
  }

  /// Every entry within its own estimate, and the estimate below a bound.
  func expect(_ result: DerivativeResult, _ exact: [[Double]], below bound: Double) throws {
    let errors = try #require(result.errors)
    for i in exact.indices {
      for j in exact[i].indices {
        let off = (result.rows[i][j] - exact[i][j]).magnitude
        #expect(off <= errors[i][j], "\(i), \(j): \(off), \(errors[i][j])")
        #expect(errors[i][j] <= bound, "\(i), \(j)")
        #expect(result.statuses?[i][j] != .notFinite)
      }
    }
  }

  @Test("gradient, Hessian, products")
  func smooth() throws {
    let (f, x) = (Self.field, Self.point)
    let v = [0.3, -2, 1.5]
    let g = Self.gradient(x)
    let h = Self.hessian(x)
    try expect(method.jacobian(of: f, at: x), [g], below: 1e-10)
    try expect(
      method.directionalDerivative(of: f, at: x, along: v), [[zip(g, v).reduce(0) { $0 + $1.0 * $1.1 }]],
      below: 1e-9)
    try expect(method.vectorJacobianProduct(of: f, at: x, cotangent: [-2]), [g.map { -2 * $0 }], below: 1e-9)
    let full = try method.hessian(of: f, at: x)
    try expect(full, h, below: 1e-6)
    for i in 0..<3 {
      for j in 0..<i { #expect(full.rows[i][j] == full.rows[j][i]) }
    }
    let product = h.map { row in zip(row, v).reduce(0) { $0 + $1.0 * $1.1 } }
    try expect(method.hessianVectorProduct(of: f, at: x, along: v), [product], below: 1e-5)
  }

  @Test("coordinates of very different scale: through one step each")
  func scales() throws {
    let f = TargetFunction.blackBox { x in x[0] * x[0] + (x[1] / 1e9) * (x[1] / 1e9) }
    let along = try method.directionalDerivative(of: f, at: [1, 1e9], along: [1, 1])
    #expect((along.rows[0][0] - (2 + 2e-9)).magnitude <= along.errors?[0][0] ?? 0)
    #expect((along.rows[0][0] - (2 + 2e-9)).magnitude < 1e-11)
    let far = try method.directionalDerivative(of: f, at: [1, 1e9], along: [0, 1e9])
    #expect((far.rows[0][0] - 2).magnitude < 1e-11)
    let product = try method.hessianVectorProduct(of: f, at: [1, 1e9], along: [1, 1])
    try expect(product, [[2, 2e-18]], below: 1e-7)
    #expect(product.gradientErrors?[1] ?? 1 < 1e-18)
  }

  @Test("mixed second derivative at an edge and in a corner")
  func corner() throws {
    let f = TargetFunction.blackBox { x in x[0] < 0 || x[1] < 0 ? .nan : .exp(x[0] + 2 * x[1]) }
    for x in [[0.0, 1], [1, 0], [0, 0]] {
      let e = Double.exp(x[0] + 2 * x[1])
      let result = try method.hessian(of: f, at: x)
      try expect(result, [[e, 2 * e], [2 * e, 4 * e]], below: 1e-3)
      #expect(result.statuses?[0][1] == .oneSided)
    }
  }

  @Test("evaluations are counted as the function sees them, f(x) once")
  func evaluations() throws {
    for name in ["gradient", "direction", "hessian", "product"] {
      let seen = Recorded()
      let counted = TargetFunction.blackBox { x in
        seen.append(x[0])
        return x[0] * x[0] * x[1] + .exp(x[0])
      }
      let result =
        switch name {
        case "gradient": try method.jacobian(of: counted, at: [0.5, 2])
        case "direction": try method.directionalDerivative(of: counted, at: [0.5, 2], along: [1, 1])
        case "hessian": try method.hessian(of: counted, at: [0.5, 2])
        default: try method.hessianVectorProduct(of: counted, at: [0.5, 2], along: [1, 1])
        }
      #expect(result.evaluations == seen.points.count, "\(name)")
    }
    let fixed = try FiniteDifference(scheme: .forward, step: .fixed(1e-6, order: 1, denominator: .step))
    // f(x), and for each of three components the quotient's values and those at half the step.
    #expect(try fixed.jacobian(of: Self.field, at: Self.point).evaluations == 1 + 3 * 2)
    let central = try FiniteDifference(step: .fixed(1e-4, order: 2, denominator: .step))
    #expect(try central.jacobian(of: Self.field, at: Self.point).evaluations == 1 + 3 * 4)
  }

  @Test("several outputs share the points along a coordinate")
  func vector() throws {
    let f = TargetFunction(.blackBoxVector { x in [x[0] * x[1], .sin(x[0]), .exp(x[1])] })
    let x = [0.6, 1.1]
    let exact = [[x[1], x[0]], [.cos(x[0]), 0], [0, .exp(x[1])]]
    let result = try method.jacobian(of: f, at: x)
    try expect(result, exact, below: 1e-10)
    // Three outputs, two inputs: far fewer than six separate derivatives at 11 and more.
    #expect(result.evaluations < 60)
    let product = try method.vectorJacobianProduct(of: f, at: x, cotangent: [1, 0, -2])
    try expect(product, [[exact[0][0], exact[0][1] - 2 * exact[2][1]]], below: 1e-9)
  }

  @Test(
    "fixed steps have the order that they claim: a tenth of the step, 10ᵖ times less error",
    arguments: [("forward", 1), ("backward", 1), ("central", 2), ("forward", 2), ("backward", 2), ("central", 4)])
  func orders(scheme: String, order: Int) throws {
    let scheme = try #require(FiniteDifference.Scheme(rawValue: scheme))
    for denominator in FiniteDifference.Denominator.allCases {
      func errors(_ h: Double) throws -> [Double] {
        let fixed = try FiniteDifference(scheme: scheme, step: .fixed(h, order: order, denominator: denominator))
        let first = try fixed.jacobian(of: Self.field, at: Self.point)
        let second = try fixed.hessian(of: Self.field, at: Self.point)
        let errors = [
          (first.gradient[2] - Self.gradient(Self.point)[2]).magnitude,
          (second.rows[2][2] - Self.hessian(Self.point)[2][2]).magnitude,
          (second.rows[0][2] - Self.hessian(Self.point)[0][2]).magnitude,
        ]
        let estimates = [
          try #require(first.errors)[0][2], try #require(second.errors)[2][2], try #require(second.errors)[0][2],
        ]
        // The estimate is 1.5 times the leading term, and roundoff is a part of it at order 4 and the smaller step.
        for (error, estimate) in zip(errors, estimates) {
          #expect(error <= estimate && estimate <= 5 * error, "\(error), \(estimate)")
        }
        return errors
      }
      // Large steps, so that roundoff stays out of it; the next term of the expansion bends the ratio by a third.
      for (wide, narrow) in zip(try errors(0.1), try errors(0.01)) {
        let observed = Double.log10(wide / narrow)
        #expect((observed - Double(order)).magnitude < 0.35, "\(observed)")
      }
    }
  }
}
