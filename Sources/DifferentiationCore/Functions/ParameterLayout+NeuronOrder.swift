// SPDX-License-Identifier: Apache-2.0

// micrograd and other teaching code draw the parameters of a network neuron by neuron, the weights of one and then its
// bias; here a layer is its whole matrix and then all biases. The same draws make the same network by this reordering.
extension ParameterLayout {
  /// Where each number of a neuron-by-neuron list belongs in the flat vector.
  ///
  /// A weight matrix of m rows that is followed by m biases is m neurons. All other blocks keep their places.
  public var neuronOrder: [Int] {
    var order: [Int] = []
    var index = 0
    while index < groups.count {
      let weights = range(ofGroup: index)
      if let rows = neuronCount(ofGroup: index) {
        let inputs = weights.count / max(rows, 1)
        let biases = range(ofGroup: index + 1)
        for row in 0..<rows {
          order += (0..<inputs).map { weights.lowerBound + row * inputs + $0 }
          order.append(biases.lowerBound + row)
        }
        index += 2
      } else {
        order += Array(weights)
        index += 1
      }
    }
    return order
  }

  /// The flat parameters from a list drawn neuron by neuron: weights, then bias.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` for a list of another length.
  public func parameters(neuronByNeuron draws: [Double]) throws -> [Double] {
    guard draws.count == count else {
      throw DifferentiationError.shape(
        what: "parameters drawn neuron by neuron", expected: "\(count)", found: "\(draws.count)")
    }
    var result = draws
    for (position, draw) in zip(neuronOrder, draws) { result[position] = draw }
    return result
  }

  /// The number of neurons that a block starts, if it is a matrix with a bias for each row after it.
  private func neuronCount(ofGroup index: Int) -> Int? {
    guard index + 1 < groups.count else { return nil }
    let matrix = groups[index]
    let bias = groups[index + 1]
    guard matrix.role == .weight, matrix.shape.count == 2, bias.role == .bias, bias.shape == [matrix.shape[0]]
    else { return nil }
    return matrix.shape[0]
  }
}
