// SPDX-License-Identifier: Apache-2.0

/// When two methods agree on a component: one rule, printed with every report.
///
///     |a - b| ≤ k (eₐ + e_b) + r max(|a|, |b|) + c s + t
///
/// eₐ and e_b are the methods' own error estimates (0 for a method that is exact to roundoff), s is the largest
/// component of the derivative, so that a small component may be as wrong as the roundoff of a large one. The rule
/// is symmetric in a and b, and a NaN on either side fails it.
public struct ToleranceRule: Sendable, Codable, Equatable {
  /// k: how far to trust the methods' error estimates.
  public var errorFactor: Double
  /// r: the relative part.
  public var relative: Double
  /// c: the part of the largest component.
  public var scale: Double
  /// t: the absolute part.
  public var absolute: Double

  /// The rule with its factors.
  public init(errorFactor: Double = 2, relative: Double = 1e-9, scale: Double = 1e-11, absolute: Double = 0) {
    self.errorFactor = errorFactor
    self.relative = relative
    self.scale = scale
    self.absolute = absolute
  }

  /// The right-hand side: the largest difference that the rule lets pass.
  public func allowance(_ a: Double, _ b: Double, errors: (Double, Double), largest: Double) -> Double {
    errorFactor * (errors.0 + errors.1) + relative * max(a.magnitude, b.magnitude) + scale * largest + absolute
  }

  /// Whether two values agree; false where anything is NaN.
  public func agrees(_ a: Double, _ b: Double, errors: (Double, Double), largest: Double) -> Bool {
    (a - b).magnitude <= allowance(a, b, errors: errors, largest: largest)
  }

  /// The rule in one line.
  public var text: String {
    let t = absolute > 0 ? " + \(absolute)" : ""
    return "|a-b| <= \(OptionValue.number(errorFactor))(ea+eb) + \(relative) max(|a|,|b|) + \(scale) s\(t)"
  }
}
