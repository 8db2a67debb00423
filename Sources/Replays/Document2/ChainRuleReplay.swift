// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The derivative of (x²)³ at 2 three ways: in one, as a product of two, and exactly 192.
public struct ChainRuleReplay: Replay {
  /// The name.
  public var name: String { "chain-rule" }
  /// What it shows.
  public var summary: String { "the derivative of (x²)³ three ways, to the last digit" }
  /// Where it comes from.
  public var document: TeachingDocument { .scratch }
  /// The chain rule.
  public var systems: [String] { ["S2.4"] }

  /// Creates the replay.
  public init() {}

  /// Differentiates three ways by the document's quotient and by the method.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let diffp = try TextbookQuotient.diffp()
    let whole = try diffp.slope(of: CubeOfSquare(), at: 2)
    let inner = try diffp.slope(of: Square(), at: 2)
    let outer = try diffp.slope(of: Cube(), at: 4)
    let product = inner * outer
    var figures = FigureList("S2.4")
    figures.add("diffp(sqcb, 0, 2)", "192.01706891180947", python(whole))
    figures.add("dt_dx * dy_dt", "192.03413934105515", python(product))
    var factors = FigureList("S2.4", origin: .program)
    factors.add("dt_dx", "4.000355602329364", python(inner))
    factors.add("dy_dt", "48.00426722795237", python(outer))
    var exact = FigureList("S2.4", origin: .derived)
    let method = settings.differentiator
    let right = (
      try method.slope(of: Square(), at: 2), try method.slope(of: Cube(), at: 4),
      try method.slope(of: CubeOfSquare(), at: 2)
    )
    exact.add("exact derivative", "192.0", python(right.2), isMended: true)
    exact.add(
      "exact factors and product", "4.0 × 48.0 = 192.0",
      "\(python(right.0)) × \(python(right.1)) = \(python(right.0 * right.1))", isMended: true)
    return ReplayResult(
      figures: figures.figures + factors.figures + exact.figures,
      traps: [
        ReplayTrap(
          "S2.4", "the step 1e-12",
          document: "\(python(whole)) in one, \(python(product)) as a product",
          mended: "\(python(right.2)) in one, \(python(right.0 * right.1)) as a product, by \(method.name)",
          change:
            "the two ways agree to the last digit; the document's differ by \(short((product - whole).magnitude)), "
            + "which is not the chain rule's doing but cancellation's")
      ],
      remarks: ["term by term: difftool explain '(x^2)^3' --at x=2"])
  }
}
