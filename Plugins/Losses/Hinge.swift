// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The hinge (max-margin) loss of scores s against signs t = ±1, mean over the outputs: max(margin - t s, 0).
///
/// Where t s is the margin it has a kink; the slope there is 0.
public struct Hinge: Loss {
  /// The score beyond which a right answer costs nothing.
  public let margin: Double
  /// The name with the margin.
  public let specification: String
  /// -1 or 1.
  public var targetEncoding: TargetEncoding { .sign }
  /// Real numbers, read as scores.
  public var acceptedOutputs: Set<OutputKind> { [.real] }

  /// The hinge loss with a margin.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a negative margin.
  public init(margin: Double = 1) throws {
    specification = try Self.entry.options(with: ["margin": .number(margin)]).writtenOut
    self.margin = margin
  }

  /// The mean of max(margin - t s, 0) over the outputs.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/shape(what:expected:found:)`` where the lengths differ.
  @inlinable
  public func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws
    -> S
  {
    let margin = S(self.margin)
    return try meanOverOutputs(prediction, target) { S.relu(margin - $1 * $0) }
  }

  /// The registry's entry.
  public static var entry: CatalogEntry<AnyLoss> {
    CatalogEntry(
      "hinge", summary: "max margin: max(margin - t s, 0) for signs t",
      options: [.number("margin", default: 1, in: 0...1e9, "score beyond which a right answer costs nothing")]
    ) { try Hinge(margin: $0.number("margin")).erased }
  }
}
