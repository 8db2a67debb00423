// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// x².
struct Square: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { x * x }
}

/// x³.
struct Cube: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { x * x * x }
}

/// (x²)³.
struct CubeOfSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { try Cube()(Square()(x)) }
}

/// m x + c as a function of m, c and x; a neuron without activation is the same of w1, w2 and x.
struct LineOfThree: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { x[0] * x[2] + x[1] }
}

/// tanh x of the library.
struct LibraryTanh: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { S.tanh(x) }
}

/// 1 / (1 + exp(-x)).
struct Sigmoid: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { S.sigmoid(x) }
}

/// max(x, 0).
struct Rectifier: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S { S.relu(x) }
}

extension Differentiator {
  /// f′(x).
  func slope(of f: some UnivariateFunction, at x: Double) throws -> Double {
    try derivative(of: f, at: x).gradient[0]
  }
}
