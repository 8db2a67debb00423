// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Losses
import Models

/// What this test target checks, under the names that users type.
enum Catalogs {
  static var models: Catalog<AnyModel> {
    catalog(
      "model",
      [
        Line.entry, Scale.entry, Quadratic.entry, Polynomial.entry, TwoNeuronChain.entry, ReluSum.entry, Neuron.entry,
        MultilayerPerceptron.entry,
      ])
  }

  static var initializers: Catalog<any Initializer> {
    catalog(
      "initializer",
      [
        UniformInitializer.entry, TorchLinearInitializer.entry, HeInitializer.entry, GlorotInitializer.entry,
        ZeroInitializer.entry, ConstantInitializer.entry, NormalInitializer.entry,
      ])
  }

  static var losses: Catalog<AnyLoss> {
    catalog(
      "loss",
      [
        SumOfSquares.entry, MeanSquared.entry, MeanAbsolute.entry, Huber.entry, BinaryCrossEntropy.entry,
        BinaryCrossEntropyOfLogits.entry, Hinge.entry, SoftmaxCrossEntropy.entry,
      ])
  }

  static var penalties: Catalog<AnyPenalty> { catalog("penalty", [L2Penalty.entry, L1Penalty.entry]) }

  /// Every model, those with options in several forms.
  static let modelSpecifications = [
    "line", "scale", "quadratic", "polynomial:degree=0", "polynomial:degree=5", "two-neuron-chain",
    "relu-sum:count=1", "relu-sum:count=3", "neuron", "neuron:inputs=3,activation=identity",
    "neuron:inputs=1,activation=leaky-relu", "mlp", "mlp:inputs=3,hidden=none,outputs=2,output=softmax",
    "mlp:inputs=3,hidden=5x4,outputs=2,activation=tanh,output=sigmoid",
    "mlp:inputs=2,hidden=4x4,outputs=1,activation=tanh,output=tanh",
    "mlp:inputs=1,hidden=5x5,activation=sigmoid+relu", "mlp:inputs=2,hidden=3,activation=leaky-relu",
    "mlp:inputs=2,hidden=3,activation=identity",
  ]

  private static func catalog<Product>(_ kind: String, _ entries: [CatalogEntry<Product>]) -> Catalog<Product> {
    var result = Catalog<Product>(kind: kind)
    for entry in entries { result.register(entry) }
    return result
  }
}

/// Numbers between -1.2 and 1.2 without a pattern, the same on every machine.
func spread(_ count: Int, phase: Double = 0) -> [Double] {
  (0..<count).map { 1.2 * Double.sin(1.7 * Double($0) + 0.4 + phase) }
}
