// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

extension ConstantSchedule {
  /// `constant` in the registry.
  public static var entry: CatalogEntry<any Schedule> {
    CatalogEntry("constant", summary: "the base rate at every step", facts: ["formula": "base"]) { _ in
      ConstantSchedule()
    }.acceptingWarmUp()
  }
}
