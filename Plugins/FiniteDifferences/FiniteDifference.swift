// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Finite differences: derivatives from values alone, of black boxes too.
///
/// By default the step is searched for at every component, from a first step relative to max(1, |x|), with GSL's
/// `gsl_deriv_central`, `_forward` or `_backward`; values on both sides give a rule of order 6 (GSL's five points alone
/// have order 4), values on one side together with f(x) one of order 4 (GSL's four points: 3). Every component has an
/// error estimate and a status. Where a value beside x is not finite the step shrinks; where that does not help, the
/// derivative is taken from the other side and says so (``/DifferentiationCore/ComponentStatus/oneSided``). At a kink
/// the central derivative is the mean of both slopes, with half their difference or more as its error.
///
/// With ``Step/single(relative:)`` it is one call of GSL a component with GSL's result and error estimate, at an eighth of
/// the search's time and without its care: of the reference points nine in ten have their error within the estimate.
/// Second derivatives, for which GSL has no rule, are searched for.
///
/// With ``Step/fixed(_:order:denominator:)`` it is the plain quotient of the textbooks at one step, its error estimated
/// from the quotient at half the step and from the rounding of the values:
///
/// | scheme | order | f′ ≈ |
/// |---|---|---|
/// | forward, backward | 1 | (f(x ± h) - f(x)) / ±h |
/// | central | 2 | (f(x + h) - f(x - h)) / 2h |
/// | forward, backward | 2 | (4 f(x ± h) - f(x ± 2h) - 3 f(x)) / ±2h |
/// | central | 4 | (8 f(x + h) - 8 f(x - h) - f(x + 2h) + f(x - 2h)) / 12h |
///
/// Cost a component: 11 evaluations where the first step is good, 19 on average over the reference functions and at
/// most some 150; one call of GSL takes 4 or 8; a fixed step takes 1 to 4 for the derivative and 1 or 2 for the estimate. The search for the step:
/// `StepSearch.swift`; the error estimates: `Stencil.swift` and `FixedStep.swift`.
public struct FiniteDifference: DifferenceDifferentiator {
  /// On which side of x the values are taken.
  public enum Scheme: String, Sendable, CaseIterable {
    /// On both sides.
    case central
    /// At x and to its right.
    case forward
    /// At x and to its left.
    case backward
  }

  /// What a fixed step's quotient is divided by.
  public enum Denominator: String, Sendable, CaseIterable {
    /// By h as it was meant.
    case step
    /// By (x + h) - x as it is represented: no error from the rounding of x + h.
    case representable
  }

  /// How the step is found.
  public enum Step: Sendable, Equatable {
    /// Searched for, from a first step relative to max(1, |x|) and rounded down to a power of two.
    case adaptive(relative: Double)
    /// GSL's: one call of its rule from this step relative to max(1, |x|).
    case single(relative: Double)
    /// One absolute step for all, and a rule of this order.
    case fixed(Double, order: Int, denominator: Denominator)
  }

  /// The first relative step that did best over the reference functions: 2⁻⁹. Second derivatives start at four times it.
  public static let defaultStep = 0x1p-9

  /// On which side of x the values are taken.
  public let scheme: Scheme
  /// How the step is found.
  public let step: Step
  /// The name with the options that differ from the defaults.
  public let name: String

  /// Creates the differentiator with a searched step.
  ///
  /// - Throws: ``/DifferentiationCore/DifferentiationError/invalidOption(entry:option:value:expected:)``
  ///   for a relative step outside 10⁻¹² … 1, or for a fixed step that is not positive or an order that the scheme does
  ///   not have.
  public init(scheme: Scheme = .central, step: Step = .adaptive(relative: defaultStep)) throws {
    var options: [(name: String, value: String)] = []
    switch step {
    case .adaptive(let relative):
      options = [("scheme", scheme.rawValue), ("step", "\(relative)")]
    case .single(let relative):
      options = [("scheme", scheme.rawValue), ("step", "\(relative)"), ("search", "off")]
    case .fixed(let h, let order, let denominator):
      options = [
        ("scheme", scheme.rawValue), ("h", "\(h)"), ("order", "\(order)"), ("denominator", denominator.rawValue),
      ]
    }
    try self.init(Options(entry: Self.entryName, typed: options, specifications: Self.options))
  }

  init(_ options: Options) throws {
    (scheme, step) = try Self.read(options)
    name = options.specification
  }

  /// By differences; black boxes too; an error estimate for each component.
  public var traits: DifferentiatorTraits {
    let order =
      switch step {
      case .adaptive: scheme == .central ? 6 : 4
      case .single: scheme == .central ? 4 : 3
      case .fixed(_, let fixed, _): fixed
      }
    return DifferentiatorTraits(
      mode: .differences, accuracy: .truncated(order: order), takesBlackBoxes: true, estimatesError: true,
      ruleFamily: "differences")
  }

  /// Whether the step is the same for all components.
  public var hasAbsoluteStep: Bool {
    if case .fixed = step { true } else { false }
  }

  /// f′(x) from values of f only; an error thrown by f is thrown on.
  public func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    switch step {
    case .adaptive(let relative): try search(f, at: x, order: 1, relativeStep: relative)
    case .single(let relative): try single(f, at: x, relativeStep: relative)
    case .fixed(let h, let order, let denominator):
      try FixedStep(scheme: scheme, h: h, order: order, denominator: denominator).first(f, at: x)
    }
  }

  /// f″(x) from values of f only; an error thrown by f is thrown on.
  public func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    switch step {
    case .adaptive(let relative), .single(let relative):
      try search(f, at: x, order: 2, relativeStep: min(4 * relative, 1))
    case .fixed(let h, let order, let denominator):
      try FixedStep(scheme: scheme, h: h, order: order, denominator: denominator).second(f, at: x)
    }
  }

  /// ∂²f/∂s∂t at (x, y); an error thrown by f is thrown on.
  public func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    switch step {
    case .adaptive, .single: try mixed(f, at: x, y)
    case .fixed(let h, let order, let denominator):
      try FixedStep(scheme: scheme, h: h, order: order, denominator: denominator).mixed(f, at: x, y)
    }
  }
}
