// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Loss {
  /// Throws unless there is a prediction and as many targets as predicted numbers.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` with what is expected and what was found.
  @inlinable @inline(__always)
  public func validate(predictionCount: Int, targetCount: Int) throws {
    if predictionCount == targetCount, predictionCount > 0 { return }
    throw shapeError(predictionCount: predictionCount, targetCount: targetCount)
  }

  /// The loss of one sample, with the lengths checked.
  ///
  /// The losses of this package check what they are given themselves; this call is for a loss of any origin.
  ///
  /// - Throws: ``DifferentiationError/shape(what:expected:found:)`` with both shapes, and what the loss throws.
  @inlinable
  public func checked<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws -> S {
    try validate(predictionCount: prediction.count, targetCount: target.count)
    return try self(prediction: prediction, target: target)
  }

  @usableFromInline @inline(never)
  func shapeError(predictionCount: Int, targetCount: Int) -> DifferentiationError {
    if predictionCount == 0 {
      return .shape(what: "the prediction for the loss \(specification)", expected: "at least 1", found: "0")
    }
    return .shape(
      what: "the target for the loss \(specification)",
      expected: "\(predictionCount), one for each output", found: "\(targetCount)")
  }
}

extension Penalty {
  /// Throws unless there is a role for each parameter.
  @inlinable @inline(__always)
  public func validate(parameterCount: Int, roleCount: Int) throws {
    if parameterCount == roleCount { return }
    throw DifferentiationError.shape(
      what: "the roles of the parameters for the penalty \(specification)", expected: "\(parameterCount)",
      found: "\(roleCount)")
  }
}
