// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A scalar that differentiates by the chain rule: it says how one rule acts on it and gets every function.
///
/// Dual numbers multiply the slope with a tangent, the tape writes it down. A new scalar of this kind is the two
/// `apply` functions and the linear operations.
public protocol ChainRuleScalar: DifferentiableScalar {
  /// f(x) and its derivative by the rule.
  static func apply<R: UnaryRule>(_ rule: R, _ x: Self) -> Self

  /// f(x, y) and its derivative by the rule.
  static func apply<R: BinaryRule>(_ rule: R, _ x: Self, _ y: Self) -> Self

  /// Whether x = y by value: what `==` asks. The default compares ``DifferentiableScalar/primal``.
  static func isEqual(_ x: Self, _ y: Self) -> Bool

  /// Whether x < y by value: what the comparisons ask. The default compares ``DifferentiableScalar/primal``.
  static func isLess(_ x: Self, _ y: Self) -> Bool
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// Each line hands one function of `DifferentiableScalar` or `ElementaryFunctions` to its rule; the functions are
// documented there.
extension ChainRuleScalar {
  @inlinable @inline(__always) public static func * (x: Self, y: Self) -> Self { apply(Multiplication(), x, y) }
  @inlinable @inline(__always) public static func / (x: Self, y: Self) -> Self { apply(Division(), x, y) }
  @inlinable @inline(__always) public static func *= (x: inout Self, y: Self) { x = x * y }
  @inlinable @inline(__always) public static func /= (x: inout Self, y: Self) { x = x / y }
  @inlinable @inline(__always) public static func += (x: inout Self, y: Self) { x = x + y }
  @inlinable @inline(__always) public static func -= (x: inout Self, y: Self) { x = x - y }
  @inlinable @inline(__always) public mutating func negate() { self = -self }
  @inlinable @inline(__always) public static prefix func + (x: Self) -> Self { x }

  @inlinable @inline(__always) public static func exp(_ x: Self) -> Self { apply(Exponential(), x) }
  @inlinable @inline(__always)
  public static func expMinusOne(_ x: Self) -> Self { apply(ExponentialMinusOne(), x) }
  @inlinable @inline(__always) public static func log(_ x: Self) -> Self { apply(Logarithm(), x) }
  @inlinable @inline(__always)
  public static func log(onePlus x: Self) -> Self { apply(LogarithmOnePlus(), x) }
  @inlinable @inline(__always) public static func sin(_ x: Self) -> Self { apply(Sine(), x) }
  @inlinable @inline(__always) public static func cos(_ x: Self) -> Self { apply(Cosine(), x) }
  @inlinable @inline(__always) public static func tan(_ x: Self) -> Self { apply(Tangent(), x) }
  @inlinable @inline(__always) public static func sinh(_ x: Self) -> Self { apply(HyperbolicSine(), x) }
  @inlinable @inline(__always) public static func cosh(_ x: Self) -> Self { apply(HyperbolicCosine(), x) }
  @inlinable @inline(__always) public static func tanh(_ x: Self) -> Self { apply(HyperbolicTangent(), x) }
  @inlinable @inline(__always) public static func asin(_ x: Self) -> Self { apply(ArcSine(), x) }
  @inlinable @inline(__always) public static func acos(_ x: Self) -> Self { apply(ArcCosine(), x) }
  @inlinable @inline(__always) public static func atan(_ x: Self) -> Self { apply(ArcTangent(), x) }
  @inlinable @inline(__always)
  public static func asinh(_ x: Self) -> Self { apply(HyperbolicArcSine(), x) }
  @inlinable @inline(__always)
  public static func acosh(_ x: Self) -> Self { apply(HyperbolicArcCosine(), x) }
  @inlinable @inline(__always)
  public static func atanh(_ x: Self) -> Self { apply(HyperbolicArcTangent(), x) }
  @inlinable @inline(__always) public static func sqrt(_ x: Self) -> Self { apply(SquareRoot(), x) }
  @inlinable @inline(__always)
  public static func pow(_ x: Self, _ n: Int) -> Self { apply(IntegerPower(n), x) }
  @inlinable @inline(__always)
  public static func root(_ x: Self, _ n: Int) -> Self { apply(IntegerRoot(n), x) }
  @inlinable @inline(__always)
  public static func pow(_ x: Self, _ y: Self) -> Self { apply(Power(), x, y) }

  @inlinable @inline(__always)
  public static func atan2(y: Self, x: Self) -> Self { apply(ArcTangentOfQuotient(), y, x) }
  @inlinable @inline(__always)
  public static func hypot(_ x: Self, _ y: Self) -> Self { apply(Hypotenuse(), x, y) }
  @inlinable @inline(__always) public static func erf(_ x: Self) -> Self { apply(ErrorFunction(), x) }
  @inlinable @inline(__always) public static func abs(_ x: Self) -> Self { apply(AbsoluteValue(), x) }
  @inlinable @inline(__always)
  public static func min(_ x: Self, _ y: Self) -> Self { apply(Minimum(), x, y) }
  @inlinable @inline(__always)
  public static func max(_ x: Self, _ y: Self) -> Self { apply(Maximum(), x, y) }
  @inlinable @inline(__always) public static func relu(_ x: Self) -> Self { apply(RectifiedLinear(), x) }
  @inlinable @inline(__always)
  public static func leakyRelu(_ x: Self, negativeSlope a: Self) -> Self { apply(LeakyRectifiedLinear(), x, a) }
  @inlinable @inline(__always)
  public static func sigmoid(_ x: Self) -> Self { apply(LogisticSigmoid(), x) }
  @inlinable @inline(__always) public static func softplus(_ x: Self) -> Self { apply(SoftPlus(), x) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// Literals, comparison by value and the members that `SignedNumeric` and `AlgebraicField` ask for.
extension ChainRuleScalar {
  @inlinable @inline(__always) public init(floatLiteral value: Double) { self.init(value) }
  @inlinable @inline(__always) public init(integerLiteral value: Int) { self.init(Double(value)) }
  @inlinable public init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Double(exactly: source) else { return nil }
    self.init(value)
  }
  @inlinable @inline(__always) public static var zero: Self { Self(0.0) }
  @inlinable @inline(__always) public var detached: Self { Self(primal) }
  @inlinable @inline(__always) public var magnitude: Self { Self.abs(self) }
  // Of the value's reciprocal only whether there is one.
  @inlinable public var reciprocal: Self? { primal.reciprocal == nil ? nil : 1 / self }
  @inlinable @inline(__always) public static func isEqual(_ x: Self, _ y: Self) -> Bool { x.primal == y.primal }
  @inlinable @inline(__always) public static func isLess(_ x: Self, _ y: Self) -> Bool { x.primal < y.primal }
  @inlinable @inline(__always) public static func == (x: Self, y: Self) -> Bool { isEqual(x, y) }
  @inlinable @inline(__always) public static func < (x: Self, y: Self) -> Bool { isLess(x, y) }
  // The defaults of `Comparable` are negations, true for NaN; these are false for it, as those of `Double`.
  @inlinable @inline(__always) public static func <= (x: Self, y: Self) -> Bool { isLess(x, y) || isEqual(x, y) }
  @inlinable @inline(__always) public static func > (x: Self, y: Self) -> Bool { isLess(y, x) }
  @inlinable @inline(__always) public static func >= (x: Self, y: Self) -> Bool { isLess(y, x) || isEqual(x, y) }
}
