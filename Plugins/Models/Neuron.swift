// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// One neuron, y = activation(b + Σ wᵢ xᵢ): the unit that micrograd builds networks of.
///
/// The bias is added first, then the products in order. The weights come first among the parameters: w1, w2, …, b.
/// 2n + 1 operations an evaluation, n being the number of inputs.
public struct Neuron: Model {
  /// w1, w2, …, b.
  public let parameters: ParameterLayout
  /// The number of inputs.
  public let inputCount: Int
  /// What is done to the sum.
  public let activation: Activation
  /// The name with its options.
  public let specification: String
  /// One.
  public var outputCount: Int { 1 }
  /// A probability for the sigmoid, else any real number.
  public var outputKind: OutputKind { activation == .sigmoid ? .probability : .real }

  /// A neuron with this many inputs.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a count out of range.
  public init(inputs: Int = 2, activation: Activation = .tanh) throws {
    specification = try Self.entry.options(
      with: ["inputs": .integer(inputs), "activation": .word(activation.rawValue)]
    ).writtenOut
    inputCount = inputs
    self.activation = activation
    parameters = ParameterLayout(
      (1...inputs).map { ParameterGroup("w\($0)", role: .weight, fanIn: inputs) }
        + [ParameterGroup("b", role: .bias, fanIn: inputs)])
  }

  /// [activation(b + Σ wᵢ xᵢ)].
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)``
  ///   for a wrong number of parameters or inputs.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, input: ArraySlice<S>
  ) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    var values = S.affine(weights: parameters.dropLast(), bias: parameters.suffix(1), input: input)
    activation.apply(to: &values)
    return values
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry(
      "neuron", summary: "one neuron, activation(b + Σ w x)",
      options: [
        .integer("inputs", default: 2, in: 1...100_000, "number of inputs"),
        .choice(
          "activation", default: "tanh", Activation.allCases.map(\.rawValue), "what is done to the sum"),
      ]
    ) { options in
      try Neuron(
        inputs: options.integer("inputs"),
        activation: Activation(rawValue: options.word("activation")) ?? .tanh
      ).erased
    }
  }
}
