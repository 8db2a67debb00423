// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension Registry {
  /// This registry with one more of each kind: a line an entry, and the original stays as it is.
  public func withExamples() -> Registry {
    var registry = self
    registry.differentiators.register(FivePointDifferentiator.entry)
    registry.optimizers.register(Lion.entry)
    registry.schedules.register(InverseSquareRoot.entry)
    registry.losses.register(LogCosh.entry)
    registry.models.register(Wave.entry)
    return registry
  }
}
