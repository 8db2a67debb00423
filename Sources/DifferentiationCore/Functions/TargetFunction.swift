// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A function to be differentiated, Rⁿ → Rᵐ, with what is known about it.
///
/// Known as generic code, every differentiator takes it. Known only as a closure on plain numbers (a black box), it
/// is left to finite differences. A hand-written gradient beside it can be checked against the others.
public struct TargetFunction: Sendable {
  /// How the function is known.
  public enum Body: Sendable {
    /// Rⁿ → R as generic code.
    case field(AnyScalarField)
    /// Rⁿ → Rᵐ as generic code.
    case vector(AnyVectorFunction)
    /// Rⁿ → R on plain numbers only.
    case blackBoxField(@Sendable ([Double]) throws -> Double)
    /// Rⁿ → Rᵐ on plain numbers only.
    case blackBoxVector(@Sendable ([Double]) throws -> [Double])
  }

  /// A gradient (a row of m = 1) or a Jacobian of m rows written by hand.
  public typealias HandWritten = @Sendable ([Double]) throws -> [[Double]]

  /// How the function is known.
  public let body: Body

  /// The names of the inputs, in the order of x; nil where they have none.
  public var inputs: ParameterLayout?

  /// The derivative written by hand, if there is one.
  public var handWritten: HandWritten?

  /// A function with its body.
  public init(_ body: Body, inputs: ParameterLayout? = nil, handWritten: HandWritten? = nil) {
    self.body = body
    self.inputs = inputs
    self.handWritten = handWritten
  }

  /// A function R → R.
  public init(_ f: some UnivariateFunction) {
    self.init(.field(AnyScalarField(UnivariateField(f.erased))))
  }

  /// A function Rⁿ → R, with a gradient written by hand if there is one.
  public init(
    _ f: some ScalarField, inputs: ParameterLayout? = nil,
    gradient: (@Sendable ([Double]) throws -> [Double])? = nil
  ) {
    self.init(.field(f.erased), inputs: inputs, handWritten: Self.oneRow(gradient))
  }

  /// A function Rⁿ → Rᵐ, with a Jacobian written by hand if there is one.
  public init(_ f: some VectorFunction, inputs: ParameterLayout? = nil, jacobian: HandWritten? = nil) {
    self.init(.vector(f.erased), inputs: inputs, handWritten: jacobian)
  }

  /// A function known only as a closure on plain numbers.
  public static func blackBox(
    inputs: ParameterLayout? = nil, gradient: (@Sendable ([Double]) throws -> [Double])? = nil,
    _ f: @escaping @Sendable ([Double]) throws -> Double
  ) -> TargetFunction {
    TargetFunction(.blackBoxField(f), inputs: inputs, handWritten: Self.oneRow(gradient))
  }

  private static func oneRow(_ gradient: (@Sendable ([Double]) throws -> [Double])?) -> HandWritten? {
    guard let gradient else { return nil }
    return { x in [try gradient(x)] }
  }

  /// Whether only plain numbers can be put in.
  public var isBlackBox: Bool {
    switch body {
    case .field, .vector: false
    case .blackBoxField, .blackBoxVector: true
    }
  }

  /// f(x) on plain numbers.
  public func value(at x: [Double]) throws -> [Double] {
    switch body {
    case .field(let f): [try f(x)]
    case .vector(let f): try f(x)
    case .blackBoxField(let f): [try f(x)]
    case .blackBoxVector(let f): try f(x)
    }
  }

  /// The name of one input: its own, or `x[i]`.
  public func inputName(_ index: Int) -> String { inputs?.name(of: index) ?? "x[\(index)]" }

  /// The function Rⁿ → Rᵐ as generic code, or nil for a black box.
  public var vectorFunction: AnyVectorFunction? {
    switch body {
    case .field(let f): AnyVectorFunction(FieldAsVector(f))
    case .vector(let f): f
    case .blackBoxField, .blackBoxVector: nil
    }
  }
}

/// R → R as Rⁿ → R with n = 1.
private struct UnivariateField: ScalarField {
  let f: AnyUnivariateFunction
  init(_ f: AnyUnivariateFunction) { self.f = f }
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    guard x.count == 1 else {
      throw DifferentiationError.shape(what: "a function of one variable", expected: "1", found: "\(x.count)")
    }
    return try f(x[0])
  }
}

/// Rⁿ → R as Rⁿ → Rᵐ with m = 1.
private struct FieldAsVector: VectorFunction {
  let f: AnyScalarField
  init(_ f: AnyScalarField) { self.f = f }
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] { [try f(x)] }
}
