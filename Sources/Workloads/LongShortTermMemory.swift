// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// ADBench's LSTM: the loss of predicting the next of c characters, l layers of b cells, one after another in time.
public struct LongShortTermMemory: ScalarField {
  @usableFromInline let layers: Int
  @usableFromInline let width: Int
  @usableFromInline let characters: Int
  @usableFromInline let state: [Double]
  @usableFromInline let sequence: [Double]

  init(layers: Int, width: Int, characters: Int, state: [Double], sequence: [Double]) {
    self.layers = layers
    self.width = width
    self.characters = characters
    self.state = state
    self.sequence = sequence
  }

  /// -Σ sᵢ (yᵢ - log(Σ exp yᵢ + 2)) / count over all steps.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
    let b = width
    let extra = 8 * layers * b
    var memory = state.map { S($0) }
    var total: S = 0
    for t in 0..<(characters - 1) {
      var input: [S] = []
      input.reserveCapacity(b)
      for i in 0..<b { input.append(S(sequence[t * b + i]) * p[extra + i]) }
      for layer in 0..<layers {
        let w = 8 * b * layer
        let bias = w + 4 * b
        let hidden = 2 * b * layer
        let cell = hidden + b
        for i in 0..<b {
          let forget = S.sigmoid(input[i] * p[w + i] + p[bias + i])
          let ingate = S.sigmoid(memory[hidden + i] * p[w + b + i] + p[bias + b + i])
          let outgate = S.sigmoid(input[i] * p[w + 2 * b + i] + p[bias + 2 * b + i])
          let change = S.tanh(memory[hidden + i] * p[w + 3 * b + i] + p[bias + 3 * b + i])
          memory[cell + i] = memory[cell + i] * forget + ingate * change
          memory[hidden + i] = outgate * S.tanh(memory[cell + i])
        }
        for i in 0..<b { input[i] = memory[hidden + i] }
      }
      var exponentials: S = 2
      var outputs: [S] = []
      outputs.reserveCapacity(b)
      for i in 0..<b {
        let y = input[i] * p[extra + b + i] + p[extra + 2 * b + i]
        exponentials += S.exp(y)
        outputs.append(y)
      }
      let normalizer = S.log(exponentials)
      for i in 0..<b { total += S(sequence[(t + 1) * b + i]) * (outputs[i] - normalizer) }
    }
    return -total / S(Double((characters - 1) * b))
  }

  /// The loss and its 266 parameters.
  public static func workload() -> (loss: LongShortTermMemory, parameters: [Double]) {
    let (layers, width, characters) = (2, 14, 1024)
    var numbers = WorkloadNumbers(seed: 7777)
    let parameters = (0..<(8 * layers * width + 3 * width)).map { _ in numbers.uniform() }
    let state = (0..<(2 * layers * width)).map { _ in numbers.uniform() }
    let sequence = (0..<(characters * width)).map { _ in numbers.uniform() < 0.5 ? 0.0 : 1.0 }
    return (
      LongShortTermMemory(
        layers: layers, width: width, characters: characters, state: state, sequence: sequence), parameters
    )
  }
}
