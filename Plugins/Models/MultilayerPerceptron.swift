// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A fully connected network: x ← activation(W x + b) for each hidden layer, then output(W x + b).
///
/// The parameters of layer k are `layers.k.weight` (outputs × inputs, row-major) and `layers.k.bias`, layer by layer,
/// as PyTorch has them. An evaluation costs two operations a weight and one activation a unit.
public struct MultilayerPerceptron: Model {
  /// The number of inputs.
  public let inputCount: Int
  /// The number of outputs.
  public let outputCount: Int
  /// The number of units of each hidden layer; none leaves one layer from the inputs to the outputs.
  public let hidden: [Int]
  /// The activation of each hidden layer.
  public let activations: [Activation]
  /// The activation of the last layer.
  public let output: OutputActivation
  /// The layers in order, the last one included.
  public let layers: [DenseLayer]
  /// Weight and bias of each layer.
  public let parameters: ParameterLayout
  /// The name with its options.
  public let specification: String
  /// What the outputs are, by the last layer's activation.
  public var outputKind: OutputKind { output.kind }

  /// The largest number of parameters that a network may have.
  public static var maximumParameterCount: Int { 100_000_000 }

  /// A network.
  ///
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - hidden: the number of units of each hidden layer.
  ///   - outputs: the number of outputs.
  ///   - activations: one for all hidden layers, or one for each.
  ///   - output: the activation of the last layer.
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a width below 1, a list of activations that does not fit the layers, or more than
  ///   ``maximumParameterCount`` parameters;
  ///   ``/DifferentiationCore/DifferentiationError/incompatible(_:wayOut:)`` for a softmax over one output, which is
  ///   always 1.
  public init(
    inputs: Int = 2, hidden: [Int] = [16, 16], outputs: Int = 1, activations: [Activation] = [.relu],
    output: OutputActivation = .identity
  ) throws {
    let words = (Set(activations).count == 1 ? Array(activations.prefix(1)) : activations).map(\.rawValue)
    let options = try Self.entry.options(with: [
      "inputs": .integer(inputs), "hidden": .integers(hidden), "outputs": .integer(outputs),
      "activation": .word(words.joined(separator: "+")), "output": .word(output.rawValue),
    ])
    specification = options.writtenOut
    guard activations.count == 1 || activations.count == hidden.count, !activations.isEmpty else {
      throw DifferentiationError.invalidOption(
        entry: options.entry, option: "activation", value: activations.map(\.rawValue).joined(separator: "+"),
        expected: "one activation, or \(hidden.count) joined by +: one for each hidden layer")
    }
    if output == .softmax, outputs == 1 {
      throw DifferentiationError.incompatible(
        "\(specification): a softmax over one output is always 1", wayOut: "give output=sigmoid or outputs=2")
    }
    let widths = [inputs] + hidden + [outputs]
    // In floating point, because a product of mistyped widths may not fit an integer.
    let count = zip(widths, widths.dropFirst()).reduce(0.0) { $0 + (Double($1.0) + 1) * Double($1.1) }
    guard count <= Double(Self.maximumParameterCount) else {
      throw DifferentiationError.invalidOption(
        entry: options.entry, option: "hidden", value: OptionValue.integers(hidden).description,
        expected: "at most \(Self.maximumParameterCount) parameters in all, and this makes "
          + (count < 1e15 ? "\(Int(count))" : "\(count)"))
    }
    inputCount = inputs
    outputCount = outputs
    self.hidden = hidden
    self.activations = activations.count == 1 ? hidden.map { _ in activations[0] } : activations
    self.output = output
    layers = zip(widths, widths.dropFirst()).reduce(into: [DenseLayer]()) { layers, width in
      layers.append(
        DenseLayer(inputCount: width.0, outputCount: width.1, offset: layers.last?.endOffset ?? 0))
    }
    parameters = ParameterLayout(layers.enumerated().flatMap { $1.groups(index: $0) })
  }

  /// The outputs for one sample.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    var values = layers[0](parameters: parameters, input: input)
    for k in activations.indices {
      activations[k].apply(to: &values)
      values = layers[k + 1](parameters: parameters, input: values[...])
    }
    output.apply(to: &values)
    return values
  }
}
