// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A method of differentiation.
///
/// Write one primitive and get the rest: conform to ``ForwardDifferentiator``, ``ReverseDifferentiator`` or
/// ``DifferenceDifferentiator``. Every call gives the value with the derivative.
public protocol Differentiator: Sendable {
  /// The name, with the options that differ from the defaults: `finite-difference:scheme=forward`.
  var name: String { get }

  /// What the method is and can do.
  var traits: DifferentiatorTraits { get }

  /// ∂fᵢ/∂xⱼ: m rows of n. The gradient of a scalar function is its only row.
  func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult

  /// Σⱼ ∂fᵢ/∂xⱼ vⱼ: m rows of one.
  func directionalDerivative(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult

  /// Σᵢ cᵢ ∂fᵢ/∂xⱼ: one row of n.
  func vectorJacobianProduct(of f: TargetFunction, at x: [Double], cotangent c: [Double]) throws -> DerivativeResult

  /// ∂²f/∂xᵢ∂xⱼ of a scalar function: n rows of n, symmetric to the last bit.
  func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult

  /// Σⱼ ∂²f/∂xᵢ∂xⱼ vⱼ of a scalar function: one row of n.
  func hessianVectorProduct(of f: TargetFunction, at x: [Double], along v: [Double]) throws -> DerivativeResult

  /// Value and gradient of a scalar function into memory that the caller keeps: the training loop's call.
  ///
  /// Returns f(x). The default calls ``jacobian(of:at:)``.
  func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double
}

extension Differentiator {
  /// f(x) and f′(x) of a function R → R.
  public func derivative(of f: some UnivariateFunction, at x: Double) throws -> DerivativeResult {
    try jacobian(of: TargetFunction(f), at: [x])
  }

  /// f(x) and ∇f(x) of a scalar function.
  public func gradient(of f: some ScalarField, at x: [Double]) throws -> DerivativeResult {
    try jacobian(of: TargetFunction(f), at: x)
  }

  /// f(x) and ∇f(x) of a scalar function; an error for a function of several outputs.
  public func gradient(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    let result = try jacobian(of: f, at: x)
    guard result.value.count == 1 else {
      throw DifferentiationError.shape(
        what: "the gradient's function", expected: "one output", found: "\(result.value.count) outputs")
    }
    return result
  }

  /// Value and gradient of a scalar function.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let result = try jacobian(of: TargetFunction(.field(f)), at: x)
    gradient = result.gradient
    return result.value[0]
  }
}

/// Checks that the derived operations share.
package enum Requirements {
  /// The function as generic code, or the error that asks for a method for black boxes.
  package static func generic(_ f: TargetFunction, method: String, request: String) throws -> AnyVectorFunction {
    guard let g = f.vectorFunction else {
      throw DifferentiationError.unsupported(
        method: method, request: request,
        reason: "the function is a black box on plain numbers and this method needs its generic code",
        needs: .blackBoxes)
    }
    return g
  }

  /// A direction or cotangent of the right length.
  package static func count(_ v: [Double], _ expected: Int, what: String) throws {
    guard v.count == expected else {
      throw DifferentiationError.shape(
        what: what, expected: "\(expected) elements", found: "\(v.count) elements")
    }
  }

  /// A layout of the right length, where there is one.
  package static func layout(_ f: TargetFunction, _ x: [Double]) throws {
    guard let inputs = f.inputs, inputs.count != x.count else { return }
    throw DifferentiationError.shape(
      what: "the point", expected: "\(inputs.count) parameters (\(inputs.name(of: 0)), …)", found: "\(x.count)")
  }

  /// A function of one output.
  package static func scalar(_ value: [Double], method: String, request: String) throws {
    guard value.count == 1 else {
      throw DifferentiationError.shape(
        what: "\(method): \(request)", expected: "a function of one output", found: "\(value.count) outputs")
    }
  }
}
