// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// The contract of a ``/DifferentiableScalars/DifferentiableScalar``: run it on a scalar of your own.
///
/// ```swift
/// let suite = ScalarSuite(Dual<Double>.self) { f, x in f(Dual(x, tangent: 1)).tangent }
/// #expect(suite.failures() == [])
/// ```
///
/// Every function of the protocol is called at points from -1000 to 1000, at ±0, ±∞ and NaN, and compared with `Double`
/// and, where the suite is told how to differentiate, with `Dual<Double>`, whose rules are tested against
/// references of 40 digits.
public struct ScalarSuite<S: DifferentiableScalar>: ConformanceSuite {
  /// The rules.
  public typealias Rule = ScalarRule

  /// The derivative at x of a function on the scalar.
  public typealias Slope = @Sendable (_ f: (S) -> S, _ x: Double) -> Double

  /// How many units in the last place a value may differ from `Double`'s; for an array kernel, in the last place of the
  /// sum of the magnitudes of its terms.
  public let valueTolerance: Double

  /// How many units in the last place a derivative may differ from the rule table's.
  public let slopeTolerance: Double

  /// The size below which the scalar cannot tell a derivative from 0.
  public let smallestSlope: Double

  let slope: Slope?

  /// A suite for a scalar.
  ///
  /// - Parameters:
  ///   - scalar: the type under test.
  ///   - valueTolerance: in ulps; 0 asks for the same bits.
  ///   - slopeTolerance: in ulps.
  ///   - smallestSlope: a scalar that scales derivatives down, as the complex step does, loses those below it.
  ///   - slope: how to differentiate with the scalar; nil leaves derivatives untested.
  public init(
    _ scalar: S.Type, valueTolerance: Double = 0, slopeTolerance: Double = 8,
    smallestSlope: Double = .leastNormalMagnitude, slope: Slope? = nil
  ) {
    self.valueTolerance = valueTolerance
    self.slopeTolerance = slopeTolerance
    self.smallestSlope = smallestSlope
    self.slope = slope
  }

  /// The type's name.
  public var subject: String { "\(S.self)" }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    checkUnary() + checkBinary() + checkKernels() + checkComparison() + checkConstants() + checkConversions()
      + checkAssignments()
  }

  /// Points of functions of one argument.
  static var points: [Double] {
    [
      -.infinity, -1000, -40, -2.5, -1, -0.625, -1e-8, -1e-300, -0.0, 0, 1e-300, 1e-8, 0.375, 1, 1.75, 3, 40, 1000,
      .infinity, .nan,
    ]
  }

  /// Whether a derivative is within the tolerance of the reference; where that is not finite, it must not be either.
  ///
  /// - Parameter size: the size of the terms that the derivative is a sum of, where that is larger than itself.
  func slopeAgrees(_ found: Double, _ reference: Double, size: Double) -> Bool {
    guard reference.isFinite else { return !found.isFinite }
    return (found - reference).magnitude
      <= max(slopeTolerance * max(reference.magnitude, size).ulp, smallestSlope)
  }
}
