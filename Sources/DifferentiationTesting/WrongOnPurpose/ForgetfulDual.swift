// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A dual number whose product rule lacks a term: (x y)′ = x′ y.
///
/// Its values are right, and so are the derivatives of sums, of elementary functions and of products with a constant
/// on the right.
public struct ForgetfulDual: ChainRuleScalar {
  /// The value.
  public let value: Double
  /// The tangent.
  public let tangent: Double

  /// A number with its tangent.
  public init(_ value: Double, tangent: Double) {
    self.value = value
    self.tangent = tangent
  }

  /// A constant.
  public init(_ constant: Double) { self.init(constant, tangent: 0) }

  /// The value.
  public var primal: Double { value }

  /// The sound rule.
  public static func apply<R: UnaryRule>(_ rule: R, _ x: Self) -> Self {
    let y = rule.value(x.value)
    return Self(y, tangent: Double.chainProduct(rule.slope(x.value, value: y), x.tangent))
  }

  /// The sound rule.
  public static func apply<R: BinaryRule>(_ rule: R, _ x: Self, _ y: Self) -> Self {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    return Self(z, tangent: Double.chainProduct(dx, x.tangent) + Double.chainProduct(dy, y.tangent))
  }

  /// The product, its second term dropped.
  public static func * (x: Self, y: Self) -> Self { Self(x.value * y.value, tangent: x.tangent * y.value) }

  /// The sum.
  public static func + (x: Self, y: Self) -> Self { Self(x.value + y.value, tangent: x.tangent + y.tangent) }

  /// The difference.
  public static func - (x: Self, y: Self) -> Self { Self(x.value - y.value, tangent: x.tangent - y.tangent) }

  /// The negation.
  public static prefix func - (x: Self) -> Self { Self(-x.value, tangent: -x.tangent) }

  /// The product by the product rule, complete.
  public static func chainProduct(_ x: Self, _ y: Self) -> Self {
    Self(
      Double.chainProduct(x.value, y.value),
      tangent: Double.chainProduct(x.value, y.tangent) + Double.chainProduct(y.value, x.tangent))
  }
}

/// Forward mode over ``ForgetfulDual``: a term of the product rule is missing.
public struct ForgetfulDifferentiator: ForwardDifferentiator {
  /// Creates the wrong method.
  public init() {}

  /// The name.
  public var name: String { "wrong-dropped-product-term" }

  /// Claims to be exact.
  public var traits: DifferentiatorTraits {
    DifferentiatorTraits(mode: .forward, accuracy: .exact, ruleFamily: "forgetful")
  }

  /// One direction a pass.
  public var width: Int { 1 }

  /// One pass.
  public func push(
    _ f: AnyVectorFunction, at x: [Double], along directions: [[Double]]
  ) throws -> (value: [Double], tangents: [[Double]]) {
    let y = try f(zip(x, directions[0]).map { ForgetfulDual($0, tangent: $1) })
    return (y.map(\.value), [y.map(\.tangent)])
  }

  /// One pass over dual numbers of forgetful ones.
  public func pushTwice(
    _ f: AnyVectorFunction, at x: [Double], along u: [Double], and directions: [[Double]]
  ) throws -> (value: [Double], seconds: [Double]) {
    let v = directions[0]
    let y = try f(x.indices.map { Dual(ForgetfulDual(x[$0], tangent: u[$0]), tangent: ForgetfulDual(v[$0])) })
    return (y.map(\.primal), y.prefix(1).map(\.tangent.tangent))
  }
}
