// SPDX-License-Identifier: Apache-2.0

/// How a fit ended.
public enum FitStatus: String, Sendable, Codable, CaseIterable {
  /// At a minimum, with the digits asked for.
  case converged
  /// At a minimum with parameters at their bounds, where the sum would fall further beyond them.
  case atBound
  /// The data do not determine all parameters: see the undetermined combination.
  case singular
  /// No step decreases the sum, and the next Newton step is too long for the digits asked for.
  case stalled
  /// As many iterations as allowed.
  case iterationLimit
  /// A parameter runs off, with the sum still falling.
  case diverged
  /// The gradient vanishes, but the point is no minimum.
  case notAMinimum
  /// It came to an end, but the method's Jacobian contradicts the one it was checked with.
  case derivativesDisagree
  /// The curve's derivatives are not finite, or could not be had.
  case failed

  /// Whether the parameters are those of a minimum.
  public var isSuccess: Bool { self == .converged || self == .atBound }
}

/// One parameter of a fit.
public struct FitParameter: Sendable, Codable, Equatable {
  /// The name.
  public var name: String
  /// The value.
  public var value: Double
  /// The standard error; none where it is held, at a bound, or not determined.
  public var standardError: Double?
  /// value / standard error.
  public var tStatistic: Double?
  /// The probability of so large a t where the parameter is 0.
  public var pValue: Double?
  /// The interval value ± t · standard error.
  public var lower: Double?
  /// Its upper end.
  public var upper: Double?
  /// The profile-likelihood interval, where it was asked for; a missing end was not found: the interval is open there.
  public var profileLower: Double?
  /// Its upper end.
  public var profileUpper: Double?
  /// It was held at its value.
  public var fixed: Bool
  /// It follows from the others.
  public var isExpression: Bool
  /// It ended at a bound.
  public var atBound: Bool
  /// It is free and ended exactly where it started.
  public var didNotMove: Bool
}

/// The Jacobian by the fit's method beside another one, at one point.
public struct JacobianCheck: Sendable, Codable, Equatable {
  /// start or end.
  public var place: String
  /// The method that the fit used.
  public var method: String
  /// The method that it was compared with.
  public var witness: String
  /// Whether they agree.
  public var agrees: Bool
  /// One sentence.
  public var summary: String
}

/// One of several starts.
public struct StartOutcome: Sendable, Codable, Equatable {
  /// The free parameters there.
  public var start: [Double]
  /// How it ended.
  public var status: FitStatus
  /// The sum there, as in ``FitResult/objective``.
  public var objective: Double
}

/// A fit: values with errors, how good they are, and what stood out.
///
/// After a fit that failed, sums may be NaN or infinite; an encoder for JSON needs a strategy for them.
public struct FitResult: Sendable, Codable, Equatable {
  /// The curve's name.
  public var curve: String
  /// Its formula.
  public var formula: String
  /// How it ended.
  public var status: FitStatus
  /// −log₁₀ of the largest relative Newton step from here: the parameters are good to so many digits.
  public var digits: Double
  /// The parameters, in the curve's order.
  public var parameters: [FitParameter]
  /// The weighted sum of squared residuals.
  public var rss: Double
  /// What was minimised: ``rss`` for squares, else the sum of the losses.
  public var objective: Double
  /// Observations less free parameters.
  public var degreesOfFreedom: Double
  /// rss / degrees of freedom; none with a robust loss, like the three below: they measure squares, so outliers.
  public var reducedChiSquared: Double?
  /// 1 − rss / the weighted sum of squares around the mean.
  public var rSquared: Double?
  /// Akaike's criterion with the Gaussian likelihood, counting sigma where it was estimated.
  public var aic: Double?
  /// The Bayesian criterion, likewise.
  public var bic: Double?
  /// The covariance of all parameters in order; 0 for what is held. None where a free one is not determined.
  public var covariance: [[Double]]?
  /// Its correlations.
  public var correlations: [[Double]]?
  /// Whether sigma is in the response's unit. Standard errors follow from it alone then, or else from the residuals; with
  /// a robust loss always from the residuals.
  public var sigmaIsAbsolute: Bool
  /// Whether the loss was a robust one.
  public var isRobust: Bool
  /// The standard deviation of an ordinary observation, in units of its sigma: 1 for absolute sigma, √(reduced χ²), or
  /// with a robust loss 1.4826 √(n/(n-p)) times the median of |residual| (Rousseeuw & Croux 1993,
  /// doi:10.1080/01621459.1993.10476408).
  public var residualScale: Double?
  /// Whether the observations have standard deviations or weights of their own, so that those of a further one are not
  /// known.
  public var isWeighted: Bool
  /// The rank of the Jacobian.
  public var rank: Int
  /// The condition number of the Jacobian with columns of norm 1; none where it is singular.
  public var condition: Double?
  /// The combination of parameters that the data do not determine: moving along it changes no prediction.
  public var undetermined: [String: Double]?
  /// Accepted iterations of the trust region.
  public var iterations: Int
  /// Newton steps after it.
  public var newtonSteps: Int
  /// Evaluations.
  public var evaluations: EvaluationCounts
  /// The method of differentiation.
  public var method: String
  /// How the Jacobian was cross-checked.
  public var jacobianChecks: [JacobianCheck]
  /// The rows that took part.
  public var rows: Int
  /// The rows left out because of missing values, from 1.
  public var skippedRows: [Int]
  /// The starts, where there were several.
  public var starts: [StartOutcome]
  /// The probability of the intervals.
  public var confidence: Double
  /// What stood out.
  public var warnings: [String]

  /// The values of all parameters in order.
  public var values: [Double] { parameters.map(\.value) }

  /// A parameter by name.
  public subscript(name: String) -> FitParameter? { parameters.first { $0.name == name } }
}
