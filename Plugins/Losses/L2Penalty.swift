// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// weight · Σ p², without a factor ½: its gradient is 2 · weight · p.
///
/// An optimizer's weight decay w is this penalty with weight w/2, as long as the optimizer is plain gradient descent.
public struct L2Penalty: Penalty {
  /// The factor.
  public let weight: Double
  /// Whether biases are penalised too.
  public let biases: Bool
  /// The name with its options.
  public let specification: String

  /// A penalty on squares.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a negative weight.
  public init(weight: Double = 1e-4, biases: Bool = true) throws {
    specification = try Self.entry.options(with: PenaltyOptions.values(weight: weight, biases: biases)).writtenOut
    self.weight = weight
    self.biases = biases
  }

  /// weight · Σ p², over the weights alone without `biases`.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) throws -> S {
    let chosen = try penalised(parameters, isWeight: isWeight, biases: biases)
    return S(weight) * S.dot(chosen, chosen)
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyPenalty> {
    CatalogEntry("l2", summary: "weight · Σ p²", options: PenaltyOptions.all) {
      try L2Penalty(weight: $0.number("weight"), biases: $0.flag("biases")).erased
    }
  }
}
