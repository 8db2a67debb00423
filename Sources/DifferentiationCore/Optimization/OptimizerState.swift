// SPDX-License-Identifier: Apache-2.0

/// What a transform remembers between steps: vectors as long as the parameters, and numbers.
public struct TransformState: Sendable, Codable, Equatable {
  /// Momenta, second moments.
  public var vectors: [[Double]]
  /// Counters, running products.
  public var scalars: [Double]

  /// A state; empty for a transform without memory.
  public init(vectors: [[Double]] = [], scalars: [Double] = []) {
    self.vectors = vectors
    self.scalars = scalars
  }

  /// A state of vectors of zeros.
  public init(zeroVectors count: Int, parameterCount: Int) {
    self.init(vectors: Array(repeating: Array(repeating: 0, count: parameterCount), count: count))
  }
}

/// The state of an optimizer: a value, to copy, store and resume from.
public struct OptimizerState: Sendable, Codable, Equatable {
  /// The number of steps taken.
  public var step: Int
  /// The state of each transform.
  public var transforms: [TransformState]

  /// A state; `Optimizer.initialState(parameterCount:)` makes the one before the first step.
  public init(step: Int, transforms: [TransformState]) {
    self.step = step
    self.transforms = transforms
  }

  /// Becomes a copy of another state of the same optimizer, in its own memory.
  package mutating func copy(_ other: OptimizerState) {
    step = other.step
    for index in transforms.indices { transforms[index].copy(other.transforms[index]) }
  }
}

extension TransformState {
  fileprivate mutating func copy(_ other: TransformState) {
    for i in scalars.indices { scalars[i] = other.scalars[i] }
    for vector in vectors.indices {
      for i in vectors[vector].indices { vectors[vector][i] = other.vectors[vector][i] }
    }
  }
}
