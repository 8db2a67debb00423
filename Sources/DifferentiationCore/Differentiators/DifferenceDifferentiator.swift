// SPDX-License-Identifier: Apache-2.0

/// A derivative of a function R → R by differences, with how far to trust it.
public struct DerivativeEstimate: Sendable, Equatable {
  /// The derivative.
  public var derivative: Double
  /// An absolute error that the method believes to cover truncation and roundoff; nil where it has none.
  public var error: Double?
  /// How it came about.
  public var status: ComponentStatus

  /// An estimate.
  public init(derivative: Double, error: Double?, status: ComponentStatus = .ok) {
    self.derivative = derivative
    self.error = error
    self.status = status
  }
}

/// A method by quotients of values. Its primitives differentiate a function of one variable once and twice.
///
/// Every component has its own step and status: one bad component spoils no other.
public protocol DifferenceDifferentiator: Differentiator {
  /// Whether the step is one for all functions and points, so that the method has no scale of its own.
  ///
  /// By default where it does not estimate its error. Along a direction such a step is that of the largest coordinate.
  var hasAbsoluteStep: Bool { get }

  /// f′(x) from values of f only; an error thrown by f is thrown on.
  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate

  /// ∂²f/∂s∂t at (x, y) from values of f only.
  func differentiateTwice(_ f: (Double, Double) throws -> Double, at x: Double, _ y: Double) throws
    -> DerivativeEstimate

  /// f″(x) from values of f only.
  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate
}

extension DifferenceDifferentiator {
  /// Where there is no error estimate.
  public var hasAbsoluteStep: Bool { !traits.estimatesError }
}
