// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a figure of the table means: how it is written, and how far it may differ on another machine.
///
/// A function of the C library may be off by an ulp more or less elsewhere. By that an error in units of half an ulp
/// moves by 2. Differences amplify it, and the error of a single point is as good as random: its order of magnitude is
/// what a quotient's roundoff leaves. The factors were found with one value in eight moved by an ulp at random (a test does
/// that), and a wrong scheme, order or step exceeds them.
package enum Figure: Sendable {
  /// A name or a formula: the same everywhere.
  case text
  /// A number of points.
  case count
  /// An error in units of the conditioned rounding.
  case units
  /// The same, in the middle of all points.
  case unitsOfMany
  /// A relative error.
  case relative
  /// A relative error of a whole list of points, not of one function's few.
  case relativeOfMany
  /// The largest of a few relative errors.
  case extreme
  /// A share of all points.
  case share
  /// Estimate over error.
  case ratio
  /// Evaluations of the function.
  case evaluations

  /// The figure as it stands in the page; `–` where there is none.
  package func text(_ x: Double?) -> String {
    guard let x, !x.isNaN else { return "–" }
    guard x.isFinite else { return "∞" }
    switch self {
    case .text, .count: return String(format: "%.0f", x)
    case .units, .unitsOfMany: return x < 1000 ? String(format: "%.1f", x) : Self.scientific(x)
    case .relative, .relativeOfMany, .extreme: return Self.scientific(x)
    case .share: return String(format: "%.2f %%", 100 * x)
    case .ratio: return x < 1000 ? String(format: "%.0f", x) : Self.scientific(x)
    case .evaluations: return String(format: "%.1f", x)
    }
  }

  /// One digit and a power of ten: 3e-14.
  private static func scientific(_ x: Double) -> String {
    guard x != 0 else { return "0" }
    let parts = String(format: "%.0e", x).split(separator: "e")
    return parts.count == 2 ? "\(parts[0])e\(Int(parts[1]) ?? 0)" : String(format: "%.0e", x)
  }

  /// Whether the page's figure and the one computed here may both be right.
  package func agree(_ page: String, _ computed: String) -> Bool {
    if page == computed { return true }
    guard let a = Self.number(page), let b = Self.number(computed) else { return false }
    switch self {
    case .text, .count: return false
    case .units: return (a - b).magnitude <= 2
    case .unitsOfMany: return (a - b).magnitude <= 0.2
    case .extreme: return Self.within(10_000, a, b, floor: 1e-14)
    case .relative: return Self.within(100, a, b, floor: 1e-14)
    case .relativeOfMany: return Self.within(16, a, b, floor: 1e-15)
    case .share: return (a - b).magnitude <= 0.5
    case .ratio: return Self.within(2.5, a, b, floor: 1)
    case .evaluations: return Self.within(1.1, a, b, floor: 1)
    }
  }

  /// Within a factor of each other; what is below the floor counts as the floor.
  private static func within(_ factor: Double, _ a: Double, _ b: Double, floor: Double) -> Bool {
    let low = max(min(a, b), floor)
    let high = max(max(a, b), floor)
    return high <= factor * low
  }

  private static func number(_ text: String) -> Double? {
    text == "∞" ? nil : Double(text.split(separator: " ").first ?? "")
  }
}
