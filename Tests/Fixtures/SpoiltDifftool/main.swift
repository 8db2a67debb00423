// SPDX-License-Identifier: Apache-2.0
//
// A `difftool` with methods that are wrong on purpose, for what a disagreement looks like. No built-in method
// disagrees: the exact ones are exact, and the others know how far they are off.

import Differentiation
import DifferentiationCore
import DifferentiationTesting
import DifftoolCommands

var registry = Registry.standard
registry.differentiators.register(
  CatalogEntry("wrong-one-percent", summary: "every first derivative is one percent too large") { _ in
    WrongDifferentiator(try Registry.standard.differentiators.make("complex-step"), .onePercent)
  })
registry.differentiators.register(
  CatalogEntry("wrong-dropped-product-term", summary: "the product rule lacks a term") { _ in ForgetfulDifferentiator()
  })
Difftool.main(registry: registry)
