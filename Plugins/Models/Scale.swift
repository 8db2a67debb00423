// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The proportion y = b x, with the parameter b.
///
/// One input, one output. One operation an evaluation.
public struct Scale: CurveModel {
  /// b.
  public let parameters = ParameterLayout(names: ["b"])

  /// Creates the model.
  public init() {}

  /// [b x].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    return [parameters[parameters.startIndex] * input[input.startIndex]]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry("scale", summary: "proportion y = b x") { _ in Scale().erased }
  }
}
