// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A 2-8-1 network that learns to tell a circle from its surroundings: mean binary cross-entropy.
public struct CircleClassifier: SampleTerm {
  /// The term.
  public init() {}

  /// -(y log p + (1 - y) log(1 - p)) for p = sigmoid(W₂ relu(W₁ x + b₁) + b₂), from the logit.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = p.startIndex
    let x = sample[sample.startIndex..<(sample.startIndex + 2)]
    var hidden = S.affine(weights: p[first..<(first + 16)], bias: p[(first + 16)..<(first + 24)], input: x)
    for i in hidden.indices { hidden[i] = S.relu(hidden[i]) }
    let logit = S.dot(p[(first + 24)..<(first + 32)], hidden[...]) + p[first + 32]
    return S.logisticLoss(logit: logit, target: sample[sample.startIndex + 2])
  }

  /// The samples (x₁, x₂, y), the initial parameters, the batch size, the learning rate and the number of epochs.
  public static func workload() -> (samples: SampleRows, parameters: [Double], batch: Int, rate: Double, epochs: Int) {
    var numbers = WorkloadNumbers(seed: 99)
    var rows: [Double] = []
    for _ in 0..<4000 {
      let x = 2 * numbers.uniform() - 1
      let y = 2 * numbers.uniform() - 1
      rows += [x, y, x * x + y * y < 0.5 ? 1 : 0]
    }
    let parameters = (0..<33).map { i in (2 * numbers.uniform() - 1) / (i < 24 ? 2.0 : 8.0).squareRoot() }
    return (SampleRows(rows, width: 3, count: 4000), parameters, 32, 0.1, 50)
  }

  /// The mean loss over all samples after training.
  public static let finalLoss = 0.0831889036131
}
