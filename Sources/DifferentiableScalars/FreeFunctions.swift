// SPDX-License-Identifier: Apache-2.0
//
// The functions of `DifferentiableScalar` as free functions, so that generic code reads `tanh(w * x + b)`. A plain
// `Double` in a file that also imports Foundation keeps the C library's function: a concrete overload wins over a
// generic one.
//
// Left out. The array kernels: `sum` and `dot` are too common as names. `abs`: the standard library's calls `magnitude`,
// which is ours. `min` and `max`: with a literal as one argument the compiler (6.3.1) prefers the standard library's to a
// more specialised overload, and `max(x, 0)` would silently be a branch; write `S.max(x, 0)`.
//
// Long expressions with many literals type-check fastest with the static functions, `S.exp(x)`. With the free ones they may
// have to be split, above all in a file that imports Foundation, whose overloads join in.

import RealModule

/// eˣ.
@inlinable @inline(__always)
public func exp<S: DifferentiableScalar>(_ x: S) -> S { S.exp(x) }

/// eˣ - 1 with relative accuracy near 0.
@inlinable @inline(__always)
public func expMinusOne<S: DifferentiableScalar>(_ x: S) -> S { S.expMinusOne(x) }

/// The natural logarithm; slope +∞ at 0.
@inlinable @inline(__always)
public func log<S: DifferentiableScalar>(_ x: S) -> S { S.log(x) }

/// log(1 + x) with relative accuracy near 0.
@inlinable @inline(__always)
public func log<S: DifferentiableScalar>(onePlus x: S) -> S { S.log(onePlus: x) }

/// The sine of an angle in radians.
@inlinable @inline(__always)
public func sin<S: DifferentiableScalar>(_ x: S) -> S { S.sin(x) }

/// The cosine of an angle in radians.
@inlinable @inline(__always)
public func cos<S: DifferentiableScalar>(_ x: S) -> S { S.cos(x) }

/// The tangent of an angle in radians.
@inlinable @inline(__always)
public func tan<S: DifferentiableScalar>(_ x: S) -> S { S.tan(x) }

/// The hyperbolic sine.
@inlinable @inline(__always)
public func sinh<S: DifferentiableScalar>(_ x: S) -> S { S.sinh(x) }

/// The hyperbolic cosine.
@inlinable @inline(__always)
public func cosh<S: DifferentiableScalar>(_ x: S) -> S { S.cosh(x) }

/// The hyperbolic tangent.
@inlinable @inline(__always)
public func tanh<S: DifferentiableScalar>(_ x: S) -> S { S.tanh(x) }

/// The angle in [-π/2, π/2] whose sine is x.
@inlinable @inline(__always)
public func asin<S: DifferentiableScalar>(_ x: S) -> S { S.asin(x) }

/// The angle in [0, π] whose cosine is x.
@inlinable @inline(__always)
public func acos<S: DifferentiableScalar>(_ x: S) -> S { S.acos(x) }

/// The angle in [-π/2, π/2] whose tangent is x.
@inlinable @inline(__always)
public func atan<S: DifferentiableScalar>(_ x: S) -> S { S.atan(x) }

/// The angle of the point (x, y) in (-π, π]; the first argument is y, as everywhere.
@inlinable @inline(__always)
public func atan2<S: DifferentiableScalar>(_ y: S, _ x: S) -> S { S.atan2(y: y, x: x) }

/// The inverse of the hyperbolic sine.
@inlinable @inline(__always)
public func asinh<S: DifferentiableScalar>(_ x: S) -> S { S.asinh(x) }

/// The inverse of the hyperbolic cosine, for x ≥ 1.
@inlinable @inline(__always)
public func acosh<S: DifferentiableScalar>(_ x: S) -> S { S.acosh(x) }

/// The inverse of the hyperbolic tangent, for |x| < 1.
@inlinable @inline(__always)
public func atanh<S: DifferentiableScalar>(_ x: S) -> S { S.atanh(x) }

/// √x; slope +∞ at 0.
@inlinable @inline(__always)
public func sqrt<S: DifferentiableScalar>(_ x: S) -> S { S.sqrt(x) }

/// The n-th root; negative for negative x and odd n.
@inlinable @inline(__always)
public func root<S: DifferentiableScalar>(_ x: S, _ n: Int) -> S { S.root(x, n) }

/// xⁿ for an integer n; x⁰ = 1.
@inlinable @inline(__always)
public func pow<S: DifferentiableScalar>(_ x: S, _ n: Int) -> S { S.pow(x, n) }

/// xʸ for x ≥ 0.
@inlinable @inline(__always)
public func pow<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.pow(x, y) }

/// √(x² + y²) without overflow of the squares.
@inlinable @inline(__always)
public func hypot<S: DifferentiableScalar>(_ x: S, _ y: S) -> S { S.hypot(x, y) }

/// The error function.
@inlinable @inline(__always)
public func erf<S: DifferentiableScalar>(_ x: S) -> S { S.erf(x) }

/// x limited to [lower, upper].
@inlinable @inline(__always)
public func clamp<S: DifferentiableScalar>(_ x: S, lower: S, upper: S) -> S { S.clamp(x, lower: lower, upper: upper) }

/// max(x, 0), with slope 0 at 0.
@inlinable @inline(__always)
public func relu<S: DifferentiableScalar>(_ x: S) -> S { S.relu(x) }

/// x for x > 0, else `negativeSlope` · x.
@inlinable @inline(__always)
public func leakyRelu<S: DifferentiableScalar>(_ x: S, negativeSlope: S) -> S {
  S.leakyRelu(x, negativeSlope: negativeSlope)
}

/// 1 / (1 + exp(-x)).
@inlinable @inline(__always)
public func sigmoid<S: DifferentiableScalar>(_ x: S) -> S { S.sigmoid(x) }

/// log(1 + exp(x)).
@inlinable @inline(__always)
public func softplus<S: DifferentiableScalar>(_ x: S) -> S { S.softplus(x) }

/// log(sigmoid(x)).
@inlinable @inline(__always)
public func logSigmoid<S: DifferentiableScalar>(_ x: S) -> S { S.logSigmoid(x) }

/// `a` where x < y by value, else `b`.
@inlinable @inline(__always)
public func select<S: DifferentiableScalar>(_ x: S, isLessThan y: S, then a: S, else b: S) -> S {
  S.select(x, isLessThan: y, then: a, else: b)
}
