// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension MultilayerPerceptron {
  /// The registry's entry.
  public static var entry: CatalogEntry<AnyModel> {
    CatalogEntry(
      "mlp", summary: "fully connected network (multilayer perceptron)",
      options: [
        .integer("inputs", default: 2, in: 1...1_000_000, "number of inputs"),
        .integers("hidden", default: [16, 16], "units of each hidden layer"),
        .integer("outputs", default: 1, in: 1...1_000_000, "number of outputs"),
        .word(
          "activation", default: "relu",
          "of the hidden layers: \(activationWords), or one a layer joined by +"),
        .choice(
          "output", default: "identity", OutputActivation.allCases.map(\.rawValue), "of the last layer"),
      ]
    ) { options in
      try MultilayerPerceptron(
        inputs: options.integer("inputs"), hidden: options.integers("hidden"),
        outputs: options.integer("outputs"),
        activations: activations(options),
        output: OutputActivation(rawValue: options.word("output")) ?? .identity
      ).erased
    }
  }

  private static var activationWords: String { Activation.allCases.map(\.rawValue).joined(separator: "|") }

  /// Reads `relu` or `sigmoid+relu`.
  private static func activations(_ options: Options) throws -> [Activation] {
    let text = try options.word("activation")
    return try text.split(separator: "+", omittingEmptySubsequences: false).map { word in
      if let activation = Activation(rawValue: String(word)) { return activation }
      throw DifferentiationError.invalidOption(
        entry: options.entry, option: "activation", value: text,
        expected: "\(activationWords), or one for each hidden layer joined by +, such as sigmoid+relu")
    }
  }
}
