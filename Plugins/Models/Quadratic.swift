// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The parabola y = a x² + b x + c, with parameters a, b and c.
///
/// One input, one output. Five operations an evaluation, in the order of the formula.
public struct Quadratic: CurveModel {
  /// a, b, c.
  public let parameters = ParameterLayout([
    ParameterGroup("a", role: .weight), ParameterGroup("b", role: .weight), ParameterGroup("c", role: .bias),
  ])

  /// Creates the model.
  public init() {}

  /// [a x² + b x + c].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let first = parameters.startIndex
    let x = input[input.startIndex]
    return [parameters[first] * (x * x) + parameters[first + 1] * x + parameters[first + 2]]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry("quadratic", summary: "parabola y = a x² + b x + c") { _ in Quadratic().erased }
  }
}
