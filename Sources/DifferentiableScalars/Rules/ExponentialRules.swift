// SPDX-License-Identifier: Apache-2.0

import RealModule

/// exp(x): exp′ = exp.
public struct Exponential: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "exp" }

  /// exp(x).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.exp(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    y
  }
}

/// exp(x) - 1: (eˣ - 1)′ = eˣ, computed anew: y + 1 has no digits left where eˣ is small.
public struct ExponentialMinusOne: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "expm1" }

  /// exp(x) - 1.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.expMinusOne(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.exp(x)
  }
}

/// log x: log′ = 1/x; +∞ at 0 of either sign; NaN for x < 0, as the value.
public struct Logarithm: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "log" }

  /// log x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.log(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // Adding 0 turns -0 into 0.
    S.select(x, isLessThan: 0, then: y, else: 1 / (x + 0))
  }
}

/// log(1 + x): log1p′ = 1/(1 + x); +∞ at -1; NaN for x < -1, as the value.
public struct LogarithmOnePlus: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "log1p" }

  /// log(1 + x).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.log(onePlus: x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.select(x, isLessThan: -1, then: y, else: 1 / (1 + x))
  }
}

/// √x: √′ = 1/(2√x); +∞ at 0 of either sign.
public struct SquareRoot: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "sqrt" }

  /// √x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.sqrt(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    // Adding 0 turns -0 into 0.
    0.5 / (y + 0)
  }
}
