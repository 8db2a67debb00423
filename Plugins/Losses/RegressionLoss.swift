// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// What the losses that compare numbers share: real targets, and outputs of any kind.
public protocol RegressionLoss: Loss {
  /// The registry's entry.
  static var entry: CatalogEntry<AnyLoss> { get }
}

extension RegressionLoss {
  /// The entry's name; a loss with options says them, too.
  public var specification: String { Self.entry.name }
  /// Real numbers.
  public var targetEncoding: TargetEncoding { .real }
  /// Any.
  public var acceptedOutputs: Set<OutputKind> { .all }
}
