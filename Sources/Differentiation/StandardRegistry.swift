// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import ForwardMode
import ReverseMode

extension Registry {
  /// Everything that comes with the toolkit: the only list of it. One line adds one more.
  public static let standard: Registry = {
    var registry = Registry()

    registry.differentiators.register(TapeDifferentiator.entry)
    registry.differentiators.register(DualDifferentiator.entry)
    registry.differentiators.register(BatchedDualDifferentiator.entry)
    registry.differentiators.register(ComplexStepDifferentiator.entry)

    return registry
  }()
}
