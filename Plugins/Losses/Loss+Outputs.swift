// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

extension Loss {
  /// Σ term(pᵢ, tᵢ) over the outputs, added in order.
  @inlinable @inline(__always)
  func sumOverOutputs<S: DifferentiableScalar>(
    _ prediction: ArraySlice<S>, _ target: ArraySlice<S>, _ term: (_ prediction: S, _ target: S) -> S
  ) throws -> S {
    try validate(predictionCount: prediction.count, targetCount: target.count)
    let shift = target.startIndex - prediction.startIndex
    var total = term(prediction[prediction.startIndex], target[target.startIndex])
    for i in prediction.indices.dropFirst() { total += term(prediction[i], target[i + shift]) }
    return total
  }

  /// The mean of term(pᵢ, tᵢ) over the outputs.
  @inlinable @inline(__always)
  func meanOverOutputs<S: DifferentiableScalar>(
    _ prediction: ArraySlice<S>, _ target: ArraySlice<S>, _ term: (_ prediction: S, _ target: S) -> S
  ) throws -> S {
    let total = try sumOverOutputs(prediction, target, term)
    // One output is its own mean; a division would cost a node of the tape.
    return prediction.count == 1 ? total : total / S(Double(prediction.count))
  }
}

extension Set where Element == OutputKind {
  /// For losses that take any model.
  static var all: Self { [.real, .probability, .distribution] }
}
