// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// y = a + b*x, the polynomial of degree 1 under the usual names.
///
/// Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes.
public enum LineCurve {
  /// The registry's entry.
  public static var entry: CatalogEntry<Curve> {
    CatalogEntry("line", summary: "a + b*x") { _ in
      PolynomialCurve.curve("line", degree: 1, names: { $0 == 0 ? "a" : "b" })
    }
  }
}
