// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// How far from the exact answer an entry of a derivative may be: the only table of tolerances, by traits.
///
/// | accuracy, estimate | allowance |
/// |---|---|
/// | exact | r ε s |
/// | truncated of order p, with an estimate e | 2 e + r ε max(s, g) |
/// | truncated of order p, without | 1000 ε^(p/(p+k)) max(s, g) |
///
/// s is the conditioned size of the entry (the sum of the magnitudes of its terms), r the roundings of the scenario
/// and k the order of the derivative. g is what quotients of values lose digits against: the function's size over the
/// product of the inputs' lengths. ε^(p/(p+k)) is the best that a quotient with truncation error hᵖ and cancellation
/// ε/hᵏ reaches, at h = ε^(1/(p+k)); 1000 leaves room for a step that is 1000^(1/k) times too short.
public struct AccuracyTable: Sendable {
  /// The method's traits.
  public let traits: DifferentiatorTraits

  /// The table for one method.
  public init(_ traits: DifferentiatorTraits) { self.traits = traits }

  /// The size of an entry and of what it is measured against.
  public struct Entry: Sendable {
    /// s: the sum of the magnitudes of the terms.
    public var size: Double
    /// g: the function's size over the inputs' lengths.
    public var gross: Double
    /// r: the roundings.
    public var roundings: Double
    /// k: 1 for a first derivative, 2 for a second.
    public var order: Int
    /// Whether steps in proportion to the argument fit the function.
    public var suitsDifferences: Bool
  }

  /// The largest deviation allowed; nil where the method promises nothing.
  public func allowance(_ entry: Entry, estimate: Double?) -> Double? {
    let ulp = Double.ulpOfOne
    switch traits.accuracy {
    case .exact: return entry.roundings * ulp * entry.size
    case .truncated(let order):
      guard entry.suitsDifferences else { return nil }
      let reference = max(entry.size, entry.gross)
      if let estimate { return 2 * estimate + entry.roundings * ulp * reference }
      let p = Double(order)
      return 1000 * Double.pow(ulp, p / (p + Double(entry.order))) * reference
    }
  }

  /// The largest error estimate that still says something: a hundredth of what the entry is measured against.
  public func largestEstimate(_ entry: Entry) -> Double? {
    guard case .truncated = traits.accuracy, entry.suitsDifferences else { return nil }
    return 0.01 * max(entry.size, entry.gross)
  }
}
