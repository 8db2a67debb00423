// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// What the last layer does to its sums; the raw value is the word of the option.
public enum OutputActivation: String, Sendable, Codable, CaseIterable {
  /// Nothing: real predictions or logits.
  case identity
  /// Each output a probability of its own.
  case sigmoid
  /// The outputs together a distribution.
  case softmax
  /// Each output in (-1, 1).
  case tanh

  /// What the outputs are, for losses.
  public var kind: OutputKind {
    switch self {
    case .identity, .tanh: .real
    case .sigmoid: .probability
    case .softmax: .distribution
    }
  }

  /// The activation of the whole layer, in place.
  @inlinable
  public func apply<S: DifferentiableScalar>(to values: inout [S]) {
    switch self {
    case .identity: break
    case .sigmoid: Activation.sigmoid.apply(to: &values)
    case .softmax: values = S.softmax(values[...])
    case .tanh: Activation.tanh.apply(to: &values)
    }
  }
}
