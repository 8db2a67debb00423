// SPDX-License-Identifier: Apache-2.0

/// A function R → R, written once for every scalar.
///
/// ```swift
/// struct Cube: UnivariateFunction {
///   func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x }
/// }
/// ```
public protocol UnivariateFunction: Sendable {
  /// f(x).
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S

  /// The function with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyUnivariateFunction { get }
}

/// A function Rⁿ → R, written once for every scalar.
///
/// ```swift
/// struct Rosenbrock: ScalarField {
///   func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
///     let a = x[1] - x[0] * x[0], b = 1 - x[0]
///     return 100 * a * a + b * b
///   }
/// }
/// ```
public protocol ScalarField: Sendable {
  /// f(x) for x of the function's own length; throws where that does not fit.
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S

  /// The function with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyScalarField { get }
}

/// A function Rⁿ → Rᵐ, written once for every scalar.
public protocol VectorFunction: Sendable {
  /// f(x), of m elements.
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S]

  /// The function with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyVectorFunction { get }
}
