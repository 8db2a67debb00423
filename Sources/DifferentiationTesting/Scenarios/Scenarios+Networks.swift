// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

// A small network with its loss: dense layers, tanh and softmax cross-entropy together.
extension DifferentiationScenario {
  static let networks: [DifferentiationScenario] = [
    DifferentiationScenario(
      "a network's loss", TargetFunction(NetworkLoss()), at: NetworkNumbers.point,
      jacobian: [NetworkNumbers.gradient], hessian: NetworkNumbers.hessian,
      // No factor on the way is larger than 1, none of the terms of an entry larger than ¼.
      jacobianSizes: [NetworkNumbers.gradient.map { max($0.magnitude, 0.25) }],
      hessianSizes: NetworkNumbers.hessian.map { $0.map { max($0.magnitude, 0.25) } },
      lengths: Array(repeating: 1, count: NetworkNumbers.point.count), valueSizes: [1],
      provenance: "derivatives by mpmath 1.3.0, 80 digits")
  ]
}

private struct NetworkLoss: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
    let input: [S] = [0.5, -1.25]
    let target: [S] = [0.25, 0.75]
    let hidden = S.affine(weights: p[0..<6], bias: p[6..<9], input: input[...]).map { S.tanh($0) }
    let logits = S.affine(weights: p[9..<15], bias: p[15..<17], input: hidden[...])
    return S.softmaxCrossEntropy(logits: logits, target: target)
  }
}
