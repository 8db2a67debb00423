// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A network of dense layers with relu and softmax cross-entropy, as `mlp_784-128-10`.
public struct DenseNetwork: SampleTerm {
  /// The widths of the layers, inputs first.
  public let widths: [Int]

  /// A network.
  public init(widths: [Int]) { self.widths = widths }

  /// The number of parameters.
  public var parameterCount: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 } }

  /// Softmax cross-entropy of one sample: inputs, then one target a class.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(parameters p: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let border = sample.startIndex + widths[0]
    var values = Array(sample[..<border])
    var position = p.startIndex
    for layer in 1..<widths.count {
      let weights = widths[layer] * widths[layer - 1]
      let bias = position + weights
      values = S.affine(
        weights: p[position..<bias], bias: p[bias..<(bias + widths[layer])], input: values[...])
      position = bias + widths[layer]
      if layer + 1 < widths.count { for i in values.indices { values[i] = S.relu(values[i]) } }
    }
    return S.softmaxCrossEntropy(logits: values[...], target: sample[border...])
  }

  /// The mean loss over one batch, and the parameters.
  public static func workload(widths: [Int], batch: Int) -> (loss: SampleSum, parameters: [Double]) {
    var numbers = WorkloadNumbers(seed: 5)
    var parameters: [Double] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      let scale = Double(inputs).squareRoot()
      for _ in 0..<(inputs * outputs) { parameters.append((2 * numbers.uniform() - 1) / scale) }
      parameters += Array(repeating: 0, count: outputs)
    }
    let inputs = (0..<(batch * widths[0])).map { _ in numbers.uniform() }
    let classes = widths[widths.count - 1]
    let targets = (0..<batch).flatMap { row in (0..<classes).map { $0 == row % 10 ? 1.0 : 0 } }
    let rows = SampleRows(
      [.init(inputs, width: widths[0]), .init(targets, width: classes)], count: batch)
    return (SampleSum(DenseNetwork(widths: widths), samples: rows, weight: 1 / Double(batch)), parameters)
  }
}
