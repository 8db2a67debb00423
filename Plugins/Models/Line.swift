// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The straight line y = m x + c, with parameters m and c.
///
/// One input, one output. Two operations an evaluation.
public struct Line: CurveModel {
  /// m, then c.
  public let parameters = ParameterLayout([
    ParameterGroup("m", role: .weight), ParameterGroup("c", role: .bias),
  ])

  /// Creates the model.
  public init() {}

  /// [m x + c].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let first = parameters.startIndex
    return [parameters[first] * input[input.startIndex] + parameters[first + 1]]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry("line", summary: "straight line y = m x + c") { _ in Line().erased }
  }
}
