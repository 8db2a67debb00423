// SPDX-License-Identifier: Apache-2.0

/// An elementary function of one argument: its value and its slope, written once for every scalar.
///
/// Dual numbers, the tape and everything that differentiates by the chain rule read the slope from here. Both
/// calls are generic, so a slope can itself be differentiated: second derivatives need no second table.
public protocol UnaryRule: Sendable {
  /// The name for tables, graphs and explanations.
  var name: String { get }

  /// f(x).
  func value<S: DifferentiableScalar>(_ x: S) -> S

  /// f′(x), with y = f(x) at hand.
  func slope<S: DifferentiableScalar>(_ x: S, value y: S) -> S
}

/// An elementary function of two arguments: its value and its two partial derivatives.
public protocol BinaryRule: Sendable {
  /// The name for tables, graphs and explanations.
  var name: String { get }

  /// f(x, y).
  func value<S: DifferentiableScalar>(_ x: S, _ y: S) -> S

  /// (∂f/∂x, ∂f/∂y), with z = f(x, y) at hand.
  func slopes<S: DifferentiableScalar>(_ x: S, _ y: S, value z: S) -> (S, S)
}
