// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Foundation

/// The error of difference quotients against their step, for a function R → R at a point.
///
/// Truncation falls with the step as hᵖ, rounding rises as ε|f|/h; where they meet is the best step. The errors are those
/// against the derivative by dual numbers, which has no truncation.
public struct StepScan: Sendable, Codable, Equatable {
  /// A quotient.
  public enum Quotient: String, Sendable, Codable, CaseIterable {
    /// (f(x + h) - f(x)) / h, order 1.
    case forward
    /// (f(x + h) - f(x - h)) / 2h, order 2.
    case central
    /// (8 f(x + h) - 8 f(x - h) - f(x + 2h) + f(x - 2h)) / 12h, order 4.
    case fourthOrder
    /// Im f(x + ih) / h, order 2 and without cancellation.
    case complexStep

    /// The power of h that the truncation falls with.
    public var order: Int {
      switch self {
      case .forward: 1
      case .central, .complexStep: 2
      case .fourthOrder: 4
      }
    }

    /// For people.
    public var title: String {
      switch self {
      case .forward: "forward"
      case .central: "central"
      case .fourthOrder: "fourth order"
      case .complexStep: "complex step"
      }
    }
  }

  /// One quotient over all steps.
  public struct Curve: Sendable, Codable, Equatable {
    /// Which.
    public var quotient: Quotient
    /// The quotient at each step.
    public var values: [Double]
    /// |quotient - derivative| at each step.
    public var errors: [Double]
    /// The step with the smallest error, the largest such step where there are several.
    public var bestStep: Double
    /// The error there.
    public var bestError: Double
    /// The step at which truncation and rounding are equal in theory; nil where the derivative that counts is 0.
    public var theoreticalStep: Double?
    /// The slope of log error over log step where truncation rules: the order as measured; nil where there is no such
    /// range.
    public var measuredOrder: Double?
    /// The error at the step of the teaching documents, 10⁻¹².
    public var errorAtDocumentStep: Double
  }

  /// The step that the teaching documents take.
  public static let documentStep = 1e-12

  /// The point.
  public var x: Double
  /// f(x).
  public var value: Double
  /// f′(x) by dual numbers.
  public var derivative: Double
  /// f″(x) by dual numbers of dual numbers, and f‴(x) by one more.
  public var higher: [Double]
  /// The steps, ascending.
  public var steps: [Double]
  /// The quotients.
  public var curves: [Curve]
  /// The rounding of the values in a quotient with step h is about this divided by h.
  public var noise: Double

  /// Scans a function.
  ///
  /// Cost: nine evaluations a step.
  ///
  /// - Parameters:
  ///   - f: the function.
  ///   - x: the point.
  ///   - range: the smallest and the largest step.
  ///   - perDecade: how many steps there are for a factor of ten.
  public init(
    of f: some UnivariateFunction, at x: Double, from range: ClosedRange<Double> = 1e-16...1, perDecade: Int = 4
  ) throws {
    self.x = x
    let (one, zero) = (Dual(1.0, tangent: 0.0), Dual(0.0, tangent: 0.0))
    let third = try f(Dual(Dual(Dual(x, tangent: 1.0), tangent: one), tangent: Dual(one, tangent: zero)))
    value = third.value.value.value
    derivative = third.value.value.tangent
    higher = [third.value.tangent.tangent, third.tangent.tangent.tangent]
    noise = 0x1p-53 * value.magnitude
    let low = Int((log10(range.lowerBound) * Double(perDecade)).rounded())
    let high = Int((log10(range.upperBound) * Double(perDecade)).rounded())
    steps = (low...max(low, high)).map { pow(10, Double($0) / Double(perDecade)) }
    curves = []
    for quotient in Quotient.allCases {
      let values = try steps.map { try Self.quotient(quotient, f, x, $0) }
      curves.append(try curve(quotient, values, f))
    }
  }

  /// Whether the slopes on the two sides differ, so that there is no derivative.
  public var isKink: Bool {
    guard let forward = curves.first(where: { $0.quotient == .forward }),
      let central = curves.first(where: { $0.quotient == .central })
    else { return false }
    let near = steps.indices.filter { steps[$0] >= 1e-8 && steps[$0] <= 1e-6 }
    let gaps = near.map { (forward.values[$0] - central.values[$0]).magnitude }
    let sizes = near.map { max(forward.values[$0].magnitude, central.values[$0].magnitude) }
    return !near.isEmpty && zip(gaps, sizes).allSatisfy { $0 > 0.1 * $1 && $0 > 100 * noise / 1e-8 }
  }

  private static func quotient(
    _ quotient: Quotient, _ f: some UnivariateFunction, _ x: Double, _ h: Double
  ) throws -> Double {
    switch quotient {
    case .forward: return (try f(x + h) - f(x)) / h
    case .central: return (try f(x + h) - f(x - h)) / (2 * h)
    case .fourthOrder: return (try 8 * f(x + h) - 8 * f(x - h) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)
    case .complexStep:
      return try f(ComplexStep(x, imaginary: h)).imaginary / h
    }
  }

  private func curve(_ quotient: Quotient, _ values: [Double], _ f: some UnivariateFunction) throws -> Curve {
    let errors = values.map { ($0 - derivative).magnitude }
    let finite = errors.indices.filter { errors[$0].isFinite }
    let best = finite.min { errors[$0] != errors[$1] ? errors[$0] < errors[$1] : $0 > $1 }
    let document = try Self.quotient(quotient, f, x, Self.documentStep)
    return Curve(
      quotient: quotient, values: values, errors: errors, bestStep: best.map { steps[$0] } ?? .nan,
      bestError: best.map { errors[$0] } ?? .nan, theoreticalStep: theoreticalStep(quotient),
      measuredOrder: measuredOrder(quotient, errors), errorAtDocumentStep: (document - derivative).magnitude)
  }

  /// Where h |f″|/2 = 2 ε|f|/h for the forward quotient, h² |f‴|/6 = ε|f|/h for the central one.
  private func theoreticalStep(_ quotient: Quotient) -> Double? {
    switch quotient {
    case .forward: higher[0] == 0 ? nil : 2 * (noise / higher[0].magnitude).squareRoot()
    case .central: higher[1] == 0 ? nil : Foundation.cbrt(6 * noise / higher[1].magnitude)
    case .fourthOrder, .complexStep: nil
    }
  }

  /// Over the steps above the best one where the error is a hundred times the rounding and the step still small.
  private func measuredOrder(_ quotient: Quotient, _ errors: [Double]) -> Double? {
    let floor = max(noise, 0x1p-53 * derivative.magnitude)
    let ruled = steps.indices.filter { i in
      let rounding = quotient == .complexStep ? floor : floor / steps[i]
      return steps[i] <= 0.03 * max(x.magnitude, 1) && errors[i] > 100 * rounding
    }
    guard ruled.count >= 4 else { return nil }
    let points = ruled.map { (log10(steps[$0]), log10(errors[$0])) }
    let n = Double(points.count)
    let (mx, my) = (points.reduce(0) { $0 + $1.0 } / n, points.reduce(0) { $0 + $1.1 } / n)
    let (sxy, sxx) = points.reduce((0, 0)) { ($0.0 + ($1.0 - mx) * ($1.1 - my), $0.1 + ($1.0 - mx) * ($1.0 - mx)) }
    return sxx > 0 ? sxy / sxx : nil
  }
}
