// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import ReverseMode

/// The five methods.
func allMethods() throws -> [any Differentiator] {
  [
    TapeDifferentiator(), DualDifferentiator(), BatchedDualDifferentiator(), ComplexStepDifferentiator(),
    try FiniteDifference(),
  ]
}
