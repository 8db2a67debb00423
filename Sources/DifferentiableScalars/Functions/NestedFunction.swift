// SPDX-License-Identifier: Apache-2.0

/// A function R → R that is differentiated inside another computation, over whose numbers (of type `Base`) it closes.
///
/// The argument's type is generic and so foreign to the function: a number of the outer computation does not mix with
/// it until ``callAsFunction(_:lifting:)``'s second argument has lifted it, as a constant. Forgetting that, which is
/// how perturbations get confused elsewhere, does not compile.
///
/// ```swift
/// struct Sum<Base: DifferentiableScalar>: NestedFunction {   // y ↦ x + y
///   let x: Base
///   func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) -> S { lifting(x) + y }
/// }
/// struct Outer: UnivariateFunction {                         // x ↦ x · d(x + y)/dy at y = 1
///   func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * derivative(of: Sum(x: x), at: 1) }
/// }
/// ```
///
/// What the type system cannot see is a number carried out of one call and into another through `Any`, a downcast and
/// a reference; a function must not do that.
public protocol NestedFunction<Base> {
  /// The scalar of the computation around.
  associatedtype Base: DifferentiableScalar

  /// What the function throws: `Never` where it does not, and then `derivative(of:at:)` needs no `try`.
  associatedtype Failure: Error

  /// f(y); `lifting` makes a number of the computation around a constant of this one.
  func callAsFunction<S: DifferentiableScalar>(_ y: S, lifting: (Base) -> S) throws(Failure) -> S
}

/// f′(x) as a number of the computation around, which can differentiate it again: `Base` may be `Double`, a dual number,
/// the tape's variable.
///
/// Cost: one evaluation on `Dual<Base>`.
@inlinable
public func derivative<F: NestedFunction>(of f: F, at x: F.Base) throws(F.Failure) -> F.Base {
  try valueAndDerivative(of: f, at: x).derivative
}

/// f(x) and f′(x), by one evaluation on `Dual<Base>`.
@inlinable
public func valueAndDerivative<F: NestedFunction>(
  of f: F, at x: F.Base
) throws(F.Failure) -> (value: F.Base, derivative: F.Base) {
  let y = try f(Dual(x, tangent: 1)) { Dual(constant: $0) }
  return (y.value, y.tangent)
}
