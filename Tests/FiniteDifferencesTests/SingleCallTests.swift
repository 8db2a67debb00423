// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import FiniteDifferences
import Testing

/// One call of GSL a component, and gradients without a result for each evaluation.
@Suite("One call of GSL, and gradients without results")
struct SingleCallTests {
  /// Σ exp(xᵢ) sin(xᵢ₊₁), of any length.
  private struct Smooth: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
      zip(x, x.dropFirst()).map { S.exp($0) * S.sin($1) }.reduce(0, +)
    }
  }

  /// √x₀ + 1/x₁: not finite to the left of 0 and at 0.
  private struct Edged: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.sqrt(x[0]) + 1 / x[1] }
  }

  private struct Refused: Error {}

  /// x₀², and an error beside the point (2, 3).
  private struct Refusing: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
      if x[1].primal != 3 { throw Refused() }
      return x[0] * x[0]
    }
  }

  private static let steps: [FiniteDifference.Step] = [
    .adaptive(relative: FiniteDifference.defaultStep), .single(relative: FiniteDifference.defaultStep),
    .fixed(1e-3, order: 4, denominator: .representable),
  ]

  @Test("a gradient is the Jacobian's row, to the last bit", arguments: steps.indices)
  func sameNumbers(index: Int) throws {
    let method = try FiniteDifference(step: Self.steps[index])
    let functions: [(AnyScalarField, [Double])] = [
      (Smooth().erased, [0.3, -1.25, 4, 0, -0.0, 1e-9, 700]), (Edged().erased, [0.5, 2]), (Edged().erased, [0, 0]),
      (Edged().erased, [1e-12, -1e-12]), (Smooth().erased, []),
    ]
    for (f, x) in functions {
      var gradient = [1.0]
      let value = try method.gradient(of: f, at: x, into: &gradient)
      let result = try method.jacobian(of: TargetFunction(f), at: x)
      #expect(value.bitPattern == result.value[0].bitPattern)
      #expect(gradient.map(\.bitPattern) == result.rows[0].map(\.bitPattern), "\(x)")
    }
  }

  @Test("an error of the function is thrown on", arguments: steps.indices)
  func errors(index: Int) throws {
    let method = try FiniteDifference(step: Self.steps[index])
    var gradient: [Double] = []
    #expect(throws: Refused.self) { try method.gradient(of: Refusing().erased, at: [2, 3], into: &gradient) }
    #expect(throws: Refused.self) { try method.jacobian(of: TargetFunction(Refusing()), at: [2, 3]) }
  }

  @Test(
    "GSL's rules with GSL's estimates, four or eight evaluations a component",
    arguments: [
      (FiniteDifference.Scheme.central, 1e-8), (.forward, 1e-5), (.backward, 1e-5),
    ])
  func rules(scheme: FiniteDifference.Scheme, tolerance: Double) throws {
    let method = try FiniteDifference(scheme: scheme, step: .single(relative: FiniteDifference.defaultStep))
    let x = [0.3, -1.25, 1.5]
    let result = try method.jacobian(of: TargetFunction(Smooth()), at: x)
    let exact = [
      Double.exp(0.3) * Double.sin(-1.25), Double.exp(0.3) * Double.cos(-1.25) + Double.exp(-1.25) * Double.sin(1.5),
      Double.exp(-1.25) * Double.cos(1.5),
    ]
    for i in x.indices {
      let error = (result.rows[0][i] - exact[i]).magnitude
      // GSL's default steps are a thousand times the best ones; it then goes to its own.
      #expect(error <= tolerance)
      #expect(error <= 2 * (result.errors?[0][i] ?? 0))
    }
    #expect(result.statuses?[0] == [.ok, .ok, .ok])
    #expect((1 + 4 * 3...1 + 8 * 3).contains(result.evaluations))
  }

  @Test("what is not finite is not a derivative")
  func notFinite() throws {
    let method = try FiniteDifference(step: .single(relative: FiniteDifference.defaultStep))
    let result = try method.jacobian(of: TargetFunction(Edged()), at: [0, 2])
    #expect(result.rows[0][0].isNaN && result.statuses?[0][0] == .notFinite)
    #expect(result.statuses?[0][1] == .ok)
  }

  @Test("second derivatives are searched for")
  func second() throws {
    let single = try FiniteDifference(step: .single(relative: FiniteDifference.defaultStep))
    let f = TargetFunction(Smooth())
    #expect(try single.hessian(of: f, at: [0.5, 1]).rows == FiniteDifference().hessian(of: f, at: [0.5, 1]).rows)
  }
}
