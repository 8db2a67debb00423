// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Models

/// Looks into networks for rectified units that are zero on all data: no gradient reaches them, and they stay so.
enum RectifiedUnits {
  /// The number of dead units of the hidden layers with relu.
  static func dead(_ network: MultilayerPerceptron, _ parameters: [Double], inputs: [[Double]]) -> Int {
    var dead = 0
    var values = inputs
    for (layer, activation) in zip(network.layers, network.activations) {
      values = values.map { row in
        var outputs = layer(parameters: parameters[...], input: row[...])
        activation.apply(to: &outputs)
        return outputs
      }
      guard activation == .relu else { continue }
      dead += (0..<layer.outputCount).count { unit in values.allSatisfy { $0[unit] == 0 } }
    }
    return dead
  }

  /// The number of rectified units.
  static func count(_ network: MultilayerPerceptron) -> Int {
    zip(network.hidden, network.activations).reduce(0) { $0 + ($1.1 == .relu ? $1.0 : 0) }
  }
}
