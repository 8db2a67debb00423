// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// Two linear neurons in a row: h = w11 x + w12, y = w21 h + w22.
///
/// The smallest model whose derivatives need the chain rule. One input, one output; four operations an evaluation.
public struct TwoNeuronChain: CurveModel {
  /// w11, w12 of the first neuron, w21, w22 of the second; the second of each pair is the offset.
  public let parameters = ParameterLayout([
    ParameterGroup("w11", role: .weight), ParameterGroup("w12", role: .bias),
    ParameterGroup("w21", role: .weight), ParameterGroup("w22", role: .bias),
  ])

  /// Creates the model.
  public init() {}

  /// [w21 (w11 x + w12) + w22].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let first = parameters.startIndex
    let hidden = parameters[first] * input[input.startIndex] + parameters[first + 1]
    return [parameters[first + 2] * hidden + parameters[first + 3]]
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry("two-neuron-chain", summary: "two linear neurons in a row, y = w21 (w11 x + w12) + w22") {
      _ in
      TwoNeuronChain().erased
    }
  }
}
