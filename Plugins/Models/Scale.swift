// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The proportion y = b x, with the parameter b.
///
/// One input, one output. One operation an evaluation.
public struct Scale: Model {
  /// b.
  public let parameters = ParameterLayout(names: ["b"])
  /// One.
  public var inputCount: Int { 1 }
  /// One.
  public var outputCount: Int { 1 }
  /// Any real number.
  public var outputKind: OutputKind { .real }
  /// `scale`.
  public var specification: String { Self.entry.name }

  /// Creates the model.
  public init() {}

  /// [b x].
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` for a wrong number of parameters or inputs.
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
