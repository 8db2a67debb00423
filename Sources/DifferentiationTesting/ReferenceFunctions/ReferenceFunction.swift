// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A function R → R as generic code, with its value and first two derivatives known to 40 digits at some points.
///
/// The list ``ReferenceFunctions/all`` serves every suite and table that asks how accurate a method is: run
/// ``function`` by the method at each point and measure with ``ReferencePoint``.
public struct ReferenceFunction: Sendable, CustomStringConvertible {
  /// The identifier, such as `expMinusOne`.
  public let id: String

  /// The formula, as text.
  public let formula: String

  /// The function as generic code.
  public let function: AnyUnivariateFunction

  /// The points, in ascending order. The function and its first two derivatives are finite there, and zero or normal
  /// numbers.
  public let points: [ReferencePoint]

  init(_ id: String, _ formula: String, _ function: some UnivariateFunction, _ points: String) {
    self.id = id
    self.formula = formula
    self.function = function.erased
    self.points = ReferencePoint.parse(points)
  }

  /// The identifier.
  public var description: String { id }
}

/// The reference functions.
public enum ReferenceFunctions {
  /// All of them: elementary functions first, then compositions.
  public static let all: [ReferenceFunction] =
    exponentials + trigonometric + hyperbolic + powers + activations + ofTwoArguments + compositions + cancelling
}

/// The points as text, one constant a function, in generated files.
enum ReferencePoints {}
