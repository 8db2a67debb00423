// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// One fully connected layer, W x + b: where its parameters stand in the flat vector.
public struct DenseLayer: Sendable, Equatable {
  /// The number of inputs.
  public let inputCount: Int
  /// The number of units.
  public let outputCount: Int
  /// Where the weight matrix (outputs × inputs, row-major) starts.
  public let weightOffset: Int

  /// A layer whose parameters start at an offset.
  public init(inputCount: Int, outputCount: Int, offset: Int) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    weightOffset = offset
  }

  /// Where the biases start.
  @inlinable public var biasOffset: Int { weightOffset + inputCount * outputCount }

  /// Where the next layer's parameters start.
  @inlinable public var endOffset: Int { biasOffset + outputCount }

  /// The blocks of the layer: weight and bias.
  public func groups(index: Int) -> [ParameterGroup] {
    [
      ParameterGroup(
        "layers.\(index).weight", shape: [outputCount, inputCount], role: .weight, fanIn: inputCount,
        fanOut: outputCount),
      ParameterGroup(
        "layers.\(index).bias", shape: [outputCount], role: .bias, fanIn: inputCount, fanOut: outputCount),
    ]
  }

  /// W x + b, by the array kernel.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) -> [S] {
    let first = parameters.startIndex
    return S.affine(
      weights: parameters[(first + weightOffset)..<(first + biasOffset)],
      bias: parameters[(first + biasOffset)..<(first + endOffset)], input: input)
  }
}
