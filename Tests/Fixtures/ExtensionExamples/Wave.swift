// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = amplitude · sin(frequency · x + phase): three named parameters, one input, one output.
public struct Wave: Model {
  /// The specification that makes it again.
  public var specification: String { "wave" }

  /// The names and shapes of the parameters, in the order of the flat vector.
  public let parameters = ParameterLayout([
    ParameterGroup("amplitude", role: .weight),
    ParameterGroup("frequency", role: .weight),
    ParameterGroup("phase", role: .bias),
  ])

  /// One.
  public var inputCount: Int { 1 }

  /// One.
  public var outputCount: Int { 1 }

  /// Any real number.
  public var outputKind: OutputKind { .real }

  /// The output for one sample. Slices keep their own indices: start at `startIndex`.
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let first = parameters.startIndex
    let angle = parameters[first + 1] * input[input.startIndex] + parameters[first + 2]
    return [parameters[first] * S.sin(angle)]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry("wave", summary: "y = amplitude · sin(frequency · x + phase)") { _ in Wave().erased }
  }
}
