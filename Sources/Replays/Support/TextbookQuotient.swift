// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// Document 002's difference quotients, (f(x + h) - f(x)) / h with h = 10⁻¹², as methods of the registry.
enum TextbookQuotient {
  /// `diff(f, x)`: divides by (x + h) - x as it is represented.
  static func diff() throws -> any Differentiator { try make("representable") }

  /// `diffp(f, i, …)`: divides by h as it was meant.
  static func diffp() throws -> any Differentiator { try make("step") }

  /// The same quotients with a step that is searched for.
  static func searched() throws -> any Differentiator {
    try Registry.standard.differentiators.make("finite-difference")
  }

  private static func make(_ denominator: String) throws -> any Differentiator {
    try Registry.standard.differentiators.make(
      "finite-difference:scheme=forward,h=1e-12,order=1,denominator=\(denominator)")
  }
}
