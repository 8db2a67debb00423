// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting
import Testing

/// The rules of differential calculus, on the reference functions and on all first-order scalars.
struct LawTests {
  private struct Combination: UnivariateFunction {
    enum Kind { case linear, product, quotient, chain }
    let kind: Kind
    let f: AnyUnivariateFunction
    let g: AnyUnivariateFunction
    func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S {
      switch kind {
      case .linear: try 3 * f(x) - 0.5 * g(x)
      case .product: try f(x) * g(x)
      case .quotient: try f(x) / g(x)
      case .chain: try f(g(x))
      }
    }
  }

  private static let names = [
    "exp", "sin", "cos", "tanh", "atan", "asinh", "sigmoid", "softplus", "erf", "runge", "cubic",
  ]
  private static let functions = ReferenceFunctions.all.filter { names.contains($0.id) }.map(\.function)
  private static let x = 0.7

  private func derivatives(_ f: AnyUnivariateFunction, _ x: Double) throws -> (f: Double, first: Double) {
    let y = try f(Dual<Double>(x, tangent: 1))
    return (y.value, y.tangent)
  }

  /// Compares with the law; the result has up to six roundings of terms of the size `size`.
  private func check(
    _ kind: Combination.Kind, _ law: (_ f: (Double, Double), _ g: (Double, Double)) -> (Double, Double)
  )
    throws
  {
    #expect(Self.functions.count == Self.names.count)
    for f in Self.functions {
      for g in Self.functions {
        let inner = try derivatives(g, Self.x)
        let outer = try derivatives(f, kind == .chain ? inner.f : Self.x)
        let (expected, size) = law(outer, inner)
        let combination = AnyUnivariateFunction(Combination(kind: kind, f: f, g: g))
        for (scalar, slope) in try SecondOrder.slopes(combination, at: Self.x) {
          #expect((slope - expected).magnitude <= 8 * Double.ulpOfOne * size, "\(scalar)")
        }
      }
    }
  }

  @Test func linearity() throws {
    try check(.linear) { f, g in (3 * f.1 - 0.5 * g.1, (3 * f.1).magnitude + (0.5 * g.1).magnitude) }
  }

  @Test func productRule() throws {
    try check(.product) { f, g in (f.1 * g.0 + f.0 * g.1, (f.1 * g.0).magnitude + (f.0 * g.1).magnitude) }
  }

  @Test func quotientRule() throws {
    try check(.quotient) { f, g in
      let a = f.1 / g.0
      let b = f.0 / g.0 * g.1 / g.0
      return (a - b, a.magnitude + b.magnitude)
    }
  }

  @Test func chainRule() throws {
    try check(.chain) { f, g in (f.1 * g.1, (f.1 * g.1).magnitude) }
  }

  private struct RoundTrip: UnivariateFunction {
    let pair: Int
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
      switch pair {
      case 0: log(exp(x))
      case 1: log(onePlus: expMinusOne(x))
      case 2: asin(sin(x))
      case 3: acos(cos(x))
      case 4: atan(tan(x))
      case 5: asinh(sinh(x))
      case 6: acosh(cosh(x))
      case 7: atanh(tanh(x))
      case 8: pow(sqrt(x), 2)
      case 9: pow(root(x, 5), 5)
      case 10: 1 / (1 / x)
      default: pow(pow(x, 2.5), 0.4)
      }
    }
  }

  /// g(f(x)) = x has slope 1 and curvature 0. Points of moderate condition: some ten roundings of numbers up to 10.
  @Test(arguments: 0...11)
  func inverseFunctions(pair: Int) throws {
    for x in [0.3, 0.7, 1.1] {
      for result in try SecondOrder.all(RoundTrip(pair: pair), at: x) {
        #expect((result.first - 1).magnitude <= 32 * Double.ulpOfOne, "\(result)")
        #expect(result.second.magnitude <= 400 * Double.ulpOfOne, "\(result)")
      }
    }
  }

  private struct Shared: UnivariateFunction {
    let which: Int
    func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
      switch which {
      case 0: return x * x
      case 1: return x + x
      case 2: return x - x
      case 3: return x / x
      default:
        let s = x * x
        return s * s + s
      }
    }
  }

  /// x x, x + x, x - x, x / x and (x²)² + x² at 3: a subexpression used twice counts twice.
  @Test func sharedSubexpressions() throws {
    let expected: [[Double]] = [[9, 6, 2], [6, 2, 0], [0, 0, 0], [1, 0, 0], [90, 114, 110]]
    for (which, numbers) in expected.enumerated() {
      for result in try SecondOrder.all(Shared(which: which), at: 3) {
        #expect([result.value, result.first, result.second] == numbers, "\(result)")
      }
      for (scalar, slope) in try SecondOrder.slopes(Shared(which: which), at: 3) {
        #expect(slope == numbers[1], "\(scalar)")
      }
    }
  }
}
