// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A number that a differentiable function may compute with.
///
/// A function written once, generic over this protocol, runs on plain numbers (`Double`), on dual numbers, on
/// the tape's variables, on the complex step: each method of differentiation is one conforming type.
///
/// ```swift
/// func energy<S: DifferentiableScalar>(_ x: S) -> S { S.exp(-x * x) + S.log(onePlus: x * x) }
/// ```
///
/// The protocol is deliberately not `FloatingPoint`: forty of its members have no honest meaning for a number
/// that carries a derivative. What every conforming type guarantees:
///
/// - **Values agree.** ``primal`` of a result is the value that `Double` computes by the same operations.
/// - **Comparison is by value.** `==` and `<` see ``primal`` only; derivatives never steer a branch.
/// - **`magnitude` keeps the derivative**: it is ``abs(_:)``.
///
/// The decisions at points where a derivative is a convention (|0|, relu at 0, ties, x⁰, 0·∞) are numbered in
/// `docs/numerics.md`.
public protocol DifferentiableScalar: AlgebraicField, ElementaryFunctions, ExpressibleByFloatLiteral, Comparable,
  SendableMetatype
where FloatLiteralType == Double, Magnitude == Self {
  /// A constant: its derivative is zero.
  init(_ constant: Double)

  /// Whether numbers of this type carry derivatives of their own; true unless stated.
  ///
  /// A rule may then have to write its slope in a form that can be differentiated again without losing digits, at
  /// a higher cost.
  static var carriesDerivatives: Bool { get }

  /// The innermost plain value.
  var primal: Double { get }

  /// The same value with no derivative: d(detached)/dx = 0.
  var detached: Self { get }

  /// The angle of the point (x, y), in radians in (-π, π].
  static func atan2(y: Self, x: Self) -> Self

  /// √(x² + y²) without overflow of the squares.
  static func hypot(_ x: Self, _ y: Self) -> Self

  /// The error function, 2/√π ∫₀ˣ exp(-t²) dt.
  static func erf(_ x: Self) -> Self

  /// |x|, with slope 0 at 0.
  static func abs(_ x: Self) -> Self

  /// The smaller of two numbers; a tie gives each half of the slope; a NaN wins.
  static func min(_ x: Self, _ y: Self) -> Self

  /// The larger of two numbers; a tie gives each half of the slope; a NaN wins.
  static func max(_ x: Self, _ y: Self) -> Self

  /// max(x, 0), with slope 0 at 0.
  static func relu(_ x: Self) -> Self

  /// x for x > 0, else `negativeSlope` · x; the slope at 0 is `negativeSlope`.
  static func leakyRelu(_ x: Self, negativeSlope: Self) -> Self

  /// 1 / (1 + exp(-x)), without overflow and with relative accuracy in both tails, also in the slope.
  static func sigmoid(_ x: Self) -> Self

  /// log(1 + exp(x)), without overflow and with relative accuracy in both tails.
  static func softplus(_ x: Self) -> Self

  /// `a` where x < y by value, else `b`: a choice without a branch in the program.
  ///
  /// The part that is not chosen contributes nothing, whatever its value or derivative.
  static func select(_ x: Self, isLessThan y: Self, then a: Self, else b: Self) -> Self

  /// slope · tangent as the chain rule needs it: zero as soon as either factor is zero, so that 0 · ∞ = 0.
  static func chainProduct(_ slope: Self, _ tangent: Self) -> Self

  /// Σᵢ xᵢ, added in order; 0 for no elements.
  static func sum(_ x: ArraySlice<Self>) -> Self

  /// Σᵢ xᵢ yᵢ, added in order; both slices have the same length.
  static func dot(_ x: ArraySlice<Self>, _ y: ArraySlice<Self>) -> Self

  /// W x + b: the weights are m rows of n, one row an output; x has n elements, b and the result m.
  static func affine(weights: ArraySlice<Self>, bias: ArraySlice<Self>, input: ArraySlice<Self>) -> [Self]

  /// log Σᵢ exp(xᵢ), shifted by the largest element; -∞ for no elements.
  static func logSumExp(_ x: ArraySlice<Self>) -> Self

  /// -Σᵢ tᵢ log softmax(z)ᵢ = (Σᵢ tᵢ) logSumExp(z) - Σᵢ tᵢ zᵢ for logits z and target probabilities t.
  static func softmaxCrossEntropy(logits: ArraySlice<Self>, target: ArraySlice<Self>) -> Self
}
