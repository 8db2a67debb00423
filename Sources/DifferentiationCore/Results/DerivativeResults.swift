// SPDX-License-Identifier: Apache-2.0

/// How one component of a derivative came about.
public enum ComponentStatus: String, Sendable, Codable, Equatable {
  /// As the method promises.
  case ok
  /// Taken from one side, because the function is not defined on the other.
  case oneSided
  /// The step could not be controlled: the error estimate is as large as the value.
  case unreliable
  /// Not a number, or infinite.
  case notFinite
}

/// A derivative as a matrix of m outputs × n inputs, with the value and how far to trust it.
///
/// Gradient, Jacobian and Hessian are all of this form: a gradient has one row, a Hessian is symmetric.
public struct DerivativeResult: Sendable, Codable, Equatable {
  /// The method that gave it.
  public var method: String
  /// f(x), of m elements.
  public var value: [Double]
  /// The derivatives, row i for output i.
  public var rows: [[Double]]
  /// An error estimate (an absolute bound that the method believes) for each entry; nil where there is roundoff only.
  public var errors: [[Double]]?
  /// How each entry came about; nil where all are ok.
  public var statuses: [[ComponentStatus]]?
  /// How often the function was evaluated: a pass with a SIMD batch or a recording counts once.
  public var evaluations: Int

  /// A result of a method.
  public init(
    method: String, value: [Double], rows: [[Double]], errors: [[Double]]? = nil,
    statuses: [[ComponentStatus]]? = nil, evaluations: Int
  ) {
    self.method = method
    self.value = value
    self.rows = rows
    self.errors = errors
    self.statuses = statuses
    self.evaluations = evaluations
  }

  /// The first row: the gradient of a scalar function.
  public var gradient: [Double] { rows.first ?? [] }

  /// The first row's error estimates.
  public var gradientErrors: [Double]? { errors?.first }

  /// The first entry: the derivative of a function R → R.
  public var derivative: Double { rows.first?.first ?? .nan }
}
