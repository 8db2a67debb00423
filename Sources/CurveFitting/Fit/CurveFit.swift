// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// A parameter that follows from the others.
public struct ParameterExpression: Sendable {
  /// Which parameter.
  public var parameter: String
  /// Its value, from all parameters in the curve's order; the sample is empty. It may use free and fixed parameters and
  /// expressions given before it.
  public var term: AnySampleTerm
  /// For people.
  public var text: String

  /// An expression.
  public init(_ parameter: String, _ term: some SampleTerm, text: String = "") {
    self.parameter = parameter
    self.term = term.erased
    self.text = text
  }
}

/// Several starts, drawn from ranges: uniform, or uniform in the logarithm where a range lies on one side of 0 and spans
/// more than a factor of ten.
public struct Multistart: Sendable, Equatable {
  /// The number of starts, with the given one.
  public var count: Int
  /// The seed; the same seed gives the same starts.
  public var seed: UInt64
  /// The range of each parameter that is drawn; others keep their start.
  public var ranges: [String: ClosedRange<Double>]

  /// Several starts.
  public init(count: Int, seed: UInt64 = 0, ranges: [String: ClosedRange<Double>]) {
    self.count = count
    self.seed = seed
    self.ranges = ranges
  }
}

/// Where a fit is, for progress displays.
public struct FitProgress: Sendable, Equatable {
  /// Which start, from 0.
  public var start: Int
  /// The number of accepted iterations.
  public var iteration: Int
  /// The free parameters' values.
  public var parameters: [Double]
  /// The parameter whose profile-likelihood interval is being found; nil while the fit itself is under way.
  public var profile: String?
}

/// A curve, data, and how to fit it: least squares with exact derivatives, and a statement of the digits reached.
///
/// ```swift
/// let result = try CurveFit(curve, CurveData(x: x, y: y), start: ["a": 1, "b": 0.1]).run()
/// ```
///
/// GSL's trust region with geodesic acceleration (Transtrum & Sethna 2012, arXiv:1201.5885) finds the minimum, Newton
/// steps with exact second derivatives finish it. A run is deterministic; it stops at cancellation of its task.
public struct CurveFit: Sendable {
  /// The curve.
  public var curve: Curve
  /// The data.
  public var data: CurveData
  /// Starts by name; a parameter without one gets the curve's guess.
  public var start: [String: Double]
  /// Parameters that are held.
  public var fixed: [String: Double] = [:]
  /// Bounds by name; a side may be infinite.
  public var bounds: [String: ClosedRange<Double>] = [:]
  /// Parameters that follow from others, each from those before it.
  public var expressions: [ParameterExpression] = []
  /// What a residual costs.
  public var loss: RobustLoss = .squares
  /// The method of differentiation; nil for the built-in dual numbers.
  public var method: (any Differentiator)?
  /// Further methods for the cross-check of the Jacobian.
  public var witnesses: [any Differentiator] = []
  /// Whether the Jacobian is cross-checked at start and end.
  public var crossChecks = true
  /// Several starts.
  public var multistart: Multistart?
  /// The probability of the intervals.
  public var confidence = 0.95
  /// Whether profile-likelihood intervals are found: some tens of fits a parameter.
  public var profileIntervals = false
  /// The most iterations of the trust region from each start; the Newton steps that finish a fit are not counted.
  public var maximumIterations = 10_000
  /// A fit of fewer digits is not called converged.
  public var requiredDigits = 6.0
  /// Called after each iteration.
  public var progress: (@Sendable (FitProgress) -> Void)?
  /// Asked between iterations, like the cancellation of the task. Once true, the run ends with what is finished: the
  /// starts and the profile intervals so far, with a warning; without a finished start it throws `CancellationError`.
  public var isCancelled: (@Sendable () -> Bool)?

  /// A fit.
  public init(_ curve: Curve, _ data: CurveData, start: [String: Double] = [:]) {
    self.curve = curve
    self.data = data
    self.start = start
  }

  /// Throws where the run is to end.
  func checkCancellation() throws {
    if Task.isCancelled || isCancelled?() == true { throw CancellationError() }
  }

  /// Fits.
  ///
  /// - Throws: ``CurveFitError`` where there is nothing to try; the curve's or the method's own error;
  ///   `CancellationError`. A fit that does not converge is a result that says so.
  public func run() throws -> FitResult {
    let setup = try FitSetup(self)
    return try FitRun(setup).result()
  }
}

extension Curve {
  /// Fits the curve to one predictor: the one-line call.
  public func fitted(
    x: [Double], y: [Double], start: [String: Double] = [:], weighting: Weighting = .none
  ) throws -> FitResult {
    try CurveFit(self, CurveData(x: x, y: y, weighting: weighting), start: start).run()
  }
}
