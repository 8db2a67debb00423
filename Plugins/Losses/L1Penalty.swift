// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// weight · Σ |p|: it drives parameters to 0, where it has a kink; the slope there is 0.
public struct L1Penalty: Penalty {
  /// The factor.
  public let weight: Double
  /// Whether biases are penalised too.
  public let biases: Bool
  /// The name with its options.
  public let specification: String

  /// A penalty on magnitudes.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a negative weight.
  public init(weight: Double = 1e-4, biases: Bool = true) throws {
    specification = try Self.entry.options(with: PenaltyOptions.values(weight: weight, biases: biases)).writtenOut
    self.weight = weight
    self.biases = biases
  }

  /// weight · Σ |p|, over the weights alone without `biases`.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) throws -> S {
    let chosen = try penalised(parameters, isWeight: isWeight, biases: biases)
    return S(weight) * S.sum(chosen.map { S.abs($0) })
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyPenalty> {
    CatalogEntry("l1", summary: "weight · Σ |p|", options: PenaltyOptions.all) {
      try L1Penalty(weight: $0.number("weight"), biases: $0.flag("biases")).erased
    }
  }
}
