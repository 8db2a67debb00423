// SPDX-License-Identifier: Apache-2.0
//
// Where the defaults come from.
//
// k = 2. An error estimate is one of size, not a bound; two of them are trusted to within a factor of two.
//
// r = 1e-9. Two exact methods multiply the same partial derivatives in another order: n ulp for a chain of n
// operations, 1e-12 for five thousand. Independent methods also evaluate another formula for a partial derivative
// (the complex step's tangent of an arc cosine near 1, a gradient written by hand), whose relative error is the ulp
// times a condition number: r lets pass condition numbers up to four million, and is a thousand times sharper than
// the smallest error that a person makes (1e-6, a rounded constant).
//
// c = 1e-11. A component is a sum over paths; roundoff is relative to the magnitudes summed, not to the sum. Fifty
// thousand ulp cover a sum of as many terms in any order, or 2.5e9 terms with errors of random sign.
//
// t = 1e-185. Below it the complex step's imaginary part, step 1e-100 times derivative, nears the subnormal numbers
// (2e-308) and loses digits: 1e-285 still has all of them, with room for intermediate factors.

/// When two methods agree on a component: one rule, printed with every report.
///
///     |a - b| ≤ k (eₐ + e_b) + r max(|a|, |b|) + c s + t
///
/// eₐ and e_b are the methods' own error estimates (0 for a method that is exact to roundoff). s is the size of the
/// terms that the component is the sum of: over all paths of the chain rule, the magnitudes of their products. It
/// is s and not the component that roundoff is relative to, near a minimum in particular. A black box does not show
/// its terms; there s is 0, and the roundoff is in the error estimate of the differences.
///
/// The rule is symmetric in a and b, and a NaN anywhere fails it.
public struct ToleranceRule: Sendable, Codable, Equatable {
  /// A term of the rule.
  public enum Term: String, Sendable, Codable, CaseIterable {
    /// k (eₐ + e_b).
    case errors
    /// r max(|a|, |b|).
    case relative
    /// c s.
    case scale
    /// t.
    case absolute
  }

  /// k: how far to trust the methods' error estimates.
  public var errorFactor: Double
  /// r: the relative part.
  public var relative: Double
  /// c: the part of the terms that a component is the sum of.
  public var scale: Double
  /// t: the absolute part.
  public var absolute: Double

  /// The rule with its factors.
  public init(errorFactor: Double = 2, relative: Double = 1e-9, scale: Double = 1e-11, absolute: Double = 1e-185) {
    self.errorFactor = errorFactor
    self.relative = relative
    self.scale = scale
    self.absolute = absolute
  }

  /// The right-hand side: the largest difference that the rule lets pass.
  public func allowance(_ a: Double, _ b: Double, errors: (Double, Double), terms: Double) -> Double {
    errorFactor * (errors.0 + errors.1) + relative * max(a.magnitude, b.magnitude) + scale * terms + absolute
  }

  /// Whether two values agree; false where anything is NaN or a value is infinite.
  public func agrees(_ a: Double, _ b: Double, errors: (Double, Double), terms: Double) -> Bool {
    let difference = (a - b).magnitude
    // Infinite values allow each other an infinite difference.
    return difference.isFinite && difference <= allowance(a, b, errors: errors, terms: terms)
  }

  /// The largest of the rule's terms: the one that decides.
  public func decidingTerm(_ a: Double, _ b: Double, errors: (Double, Double), terms: Double) -> Term {
    let parts: [(Term, Double)] = [
      (.errors, errorFactor * (errors.0 + errors.1)), (.relative, relative * max(a.magnitude, b.magnitude)),
      (.scale, scale * terms), (.absolute, absolute),
    ]
    return parts.reduce(parts[0]) { $1.1 > $0.1 ? $1 : $0 }.0
  }

  /// The rule in one line.
  public var text: String {
    let t = absolute > 0 ? " + \(absolute)" : ""
    return "|a-b| <= \(OptionValue.number(errorFactor))(ea+eb) + \(relative) max(|a|,|b|) + \(scale) s\(t)"
  }
}
