// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// What a hidden unit does to its sum; the raw value is the word of the option.
public enum Activation: String, Sendable, Codable, CaseIterable {
  /// max(x, 0).
  case relu
  /// tanh x, from the library: no overflow at any x.
  case tanh
  /// 1 / (1 + exp(-x)).
  case sigmoid
  /// x for x > 0, else x/100.
  case leakyRelu = "leaky-relu"
  /// x itself.
  case identity

  /// The slope of ``leakyRelu`` for x < 0; PyTorch's default.
  @inlinable public static var leakySlope: Double { 0.01 }

  /// The activation of each element, in place.
  @inlinable
  public func apply<S: DifferentiableScalar>(to values: inout [S]) {
    switch self {
    case .relu: for i in values.indices { values[i] = S.relu(values[i]) }
    case .tanh: for i in values.indices { values[i] = S.tanh(values[i]) }
    case .sigmoid: for i in values.indices { values[i] = S.sigmoid(values[i]) }
    case .leakyRelu:
      let slope = S(Self.leakySlope)
      for i in values.indices { values[i] = S.leakyRelu(values[i], negativeSlope: slope) }
    case .identity: break
    }
  }
}
