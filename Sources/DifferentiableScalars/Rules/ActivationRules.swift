// SPDX-License-Identifier: Apache-2.0

import RealModule

/// erf x: erf′ = 2/√π exp(-x²).
public struct ErrorFunction: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "erf" }

  /// erf x.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.erf(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S(1.1283791670955126) * S.exp(-x * x)
  }
}

/// |x|: |x|′ = sign x; 0 at 0.
public struct AbsoluteValue: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "abs" }

  /// |x|.
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.abs(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.select(x, isLessThan: 0, then: -1, else: S.select(0, isLessThan: x, then: 1, else: 0))
  }
}

/// max(x, 0): relu′ = 1 for x > 0, else 0.
public struct RectifiedLinear: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "relu" }

  /// max(x, 0).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.relu(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.select(0, isLessThan: x, then: 1, else: 0)
  }
}

/// 1 / (1 + exp(-x)): σ′(x) = σ(x) σ(-x); σ(x)(1 - σ(x)) would round to 0 from x = 37 on.
public struct LogisticSigmoid: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "sigmoid" }

  /// 1 / (1 + exp(-x)).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.sigmoid(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    y * S.sigmoid(-x)
  }
}

/// log(1 + exp x): softplus′ = σ.
public struct SoftPlus: UnaryRule {
  /// Creates the rule.
  @inlinable public init() {}

  /// The name.
  public var name: String { "softplus" }

  /// log(1 + exp x).
  @inlinable @inline(__always)
  public func value<S: DifferentiableScalar>(_ x: S) -> S { S.softplus(x) }

  /// The slope.
  @inlinable @inline(__always)
  public func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S {
    S.sigmoid(x)
  }
}
