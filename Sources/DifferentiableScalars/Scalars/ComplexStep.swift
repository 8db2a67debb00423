// SPDX-License-Identifier: Apache-2.0

import ComplexModule
import RealModule

/// A number v + i s with a tiny imaginary part, for the complex-step derivative f′(x) ≈ Im f(x + i h) / h.
///
/// No subtraction takes place, so no digit is lost however small the step: with h = 10⁻¹⁰⁰ the truncation error
/// h² f‴/6 is far below one ulp (Squire & Trapp 1998, doi:10.1137/S003614459631241X). Arithmetic and elementary
/// functions are those of complex analysis, not the rule table of dual numbers and the tape: where the two agree,
/// two independent derivations agree.
///
/// What is not analytic (`abs`, `min`, `relu`, `atan2`, `erf`, …) is continued to first order in the imaginary part,
/// which at this step is exact. The real part is always the plain function of the real part, so that the value,
/// domain errors and overflow are those of `Double`.
///
/// The step bounds the range: an imaginary part below 2⁻¹⁰²² loses digits and below 2⁻¹⁰⁷⁴ vanishes, so a derivative
/// below 2⁻⁶⁹⁰ (about 2 · 10⁻²⁰⁸) is inexact and below 2⁻⁷⁴² is 0.
public struct ComplexStep: DifferentiableScalar, Sendable {
  /// The value.
  public var real: Double

  /// The step times the derivative.
  public var imaginary: Double

  /// The step h.
  ///
  /// A power of two, so that dividing by it rounds nothing; about 1.6 · 10⁻¹⁰⁰: its square is still a normal number.
  public static let step = 0x1p-332

  /// v + i s.
  @inlinable @inline(__always)
  public init(_ real: Double, imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  /// A constant.
  @inlinable @inline(__always)
  public init(_ constant: Double) {
    real = constant
    imaginary = 0
  }

  /// The variable x + i h t for a direction t.
  @inlinable
  public static func variable(_ value: Double, tangent: Double = 1) -> ComplexStep {
    ComplexStep(value, imaginary: tangent * step)
  }

  /// The derivative along the seeded direction: Im / h.
  @inlinable public var tangent: Double { imaginary / ComplexStep.step }

  /// The value.
  @inlinable @inline(__always) public var primal: Double { real }

  @usableFromInline var complex: Complex<Double> { Complex(real, imaginary) }

  /// The analytic function `f` where it is finite, with the plain value `real`.
  ///
  /// A zero imaginary part stays zero (also where the slope is infinite: 0 · ∞ = 0). Outside the real domain the
  /// plain value is NaN, and so is the result: the complex continuation is not the derivative of a real function.
  @inlinable
  static func analytic(_ x: ComplexStep, _ real: Double, _ f: (Complex<Double>) -> Complex<Double>) -> ComplexStep {
    if x.imaginary == 0 { return ComplexStep(real) }
    if real.isNaN { return ComplexStep(.nan, imaginary: .nan) }
    // Every such function that has a limit at ±∞ is flat there.
    if x.real.isInfinite { return ComplexStep(real) }
    return ComplexStep(real, imaginary: f(x.complex).imaginary)
  }

  /// First-order continuation with a known slope.
  @inlinable @inline(__always)
  static func linear(_ real: Double, _ slope: Double, _ x: ComplexStep) -> ComplexStep {
    ComplexStep(real, imaginary: Double.chainProduct(slope, x.imaginary))
  }
}
