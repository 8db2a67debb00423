// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A network as micrograd computes it: neuron by neuron, each sum begun with the bias, and `zip` for the inputs.
///
/// The parameters stand neuron by neuron, weights before the bias. As with Python's `zip`, a neuron with more weights
/// than there are inputs takes no notice of the last ones: the toolkit's own networks refuse such inputs.
struct MicrogradNetwork: Sendable {
  /// What a neuron does to its sum.
  enum Activation: Sendable {
    /// tanh on every layer: the document's.
    case tanh
    /// max(x, 0) on all layers but the last: upstream's.
    case reluButLast
  }

  /// The number of inputs, then of the neurons of each layer.
  let widths: [Int]
  let activation: Activation

  /// The number of parameters.
  var parameterCount: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 } }

  /// The outputs, of as many inputs as there are.
  func callAsFunction<S: DifferentiableScalar>(parameters: [S], input: [S]) -> [S] {
    var values = input
    var first = 0
    for layer in 1..<widths.count {
      let weights = widths[layer - 1]
      values = (0..<widths[layer]).map { _ in
        var sum = parameters[first + weights]
        for i in 0..<min(weights, values.count) { sum += parameters[first + i] * values[i] }
        first += weights + 1
        switch activation {
        case .tanh: return S.tanh(sum)
        case .reluButLast: return layer < widths.count - 1 ? S.relu(sum) : sum
        }
      }
    }
    return values
  }
}
