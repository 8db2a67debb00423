// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The curve at one row, with its bands.
public struct CurvePrediction: Sendable, Codable, Equatable {
  /// The predicted response.
  public var value: Double
  /// Its standard error, from the parameters' covariance.
  public var standardError: Double?
  /// The confidence band of the curve.
  public var confidenceLower: Double?
  /// Its upper side.
  public var confidenceUpper: Double?
  /// The band in which one more observation lies; nil where its standard deviation is not known.
  public var predictionLower: Double?
  /// Its upper side.
  public var predictionUpper: Double?
}

extension Curve {
  /// The curve of a fit at further rows, with bands by the delta method (pointwise, at the fit's probability).
  ///
  /// `columns` holds the predictors column by column. `sigma` is the standard deviation of one more observation, in the
  /// sense of the data's own (absolute or relative). Without it the band of one more observation is left out where the
  /// observations have standard deviations or weights of their own.
  ///
  /// - Throws: ``CurveFitError`` for columns that do not fit, the curve's own errors.
  public func predictions(
    of fit: FitResult, at columns: [[Double]], sigma: Double? = nil
  ) throws -> [CurvePrediction] {
    try predictions(of: fit, at: columns, sigmas: sigma.map { Array(repeating: $0, count: columns.first?.count ?? 0) })
  }

  /// The curve of a fit at further rows, with a standard deviation of its own for one more observation in each row.
  ///
  /// - Throws: ``CurveFitError`` for columns that do not fit and for a sigma that is not positive, the curve's own errors.
  public func predictions(
    of fit: FitResult, at columns: [[Double]], sigmas: [Double]?
  ) throws -> [CurvePrediction] {
    guard columns.count == predictors.count, let count = columns.first?.count,
      columns.allSatisfy({ $0.count == count })
    else {
      throw CurveFitError.invalidOption(
        name: "predictions", reason: "give one column of equal length for each of \(predictors.joined(separator: ", "))"
      )
    }
    if let sigmas {
      guard sigmas.count == count else {
        throw CurveFitError.columnLength(column: "sigma", expected: count, found: sigmas.count)
      }
      for (row, sigma) in sigmas.enumerated() where !(sigma > 0 && sigma.isFinite) {
        throw CurveFitError.badWeight(kind: "sigma", row: row + 1, value: sigma)
      }
    }
    let theta = fit.values
    let rows = CurveRows(
      term: term, constants: theta, free: Array(theta.indices), ties: [],
      predictors: (0..<count).flatMap { i in columns.map { $0[i] } }, width: columns.count, count: count)
    let (values, gradient) = try rows.jacobian(
      0..<count, at: theta, scales: Array(repeating: 1, count: theta.count))
    let quantile =
      fit.sigmaIsAbsolute && !fit.isRobust
      ? StudentDistribution.normalQuantile(0.5 + fit.confidence / 2)
      : StudentDistribution.quantile(0.5 + fit.confidence / 2, degreesOfFreedom: fit.degreesOfFreedom)
    return (0..<count).map { i in
      var prediction = CurvePrediction(value: values[i])
      guard let covariance = fit.covariance else { return prediction }
      var variance = 0.0
      for j in theta.indices {
        for k in theta.indices where covariance[j][k] != 0 {
          variance += gradient[j * count + i] * covariance[j][k] * gradient[k * count + i]
        }
      }
      guard variance.isFinite, quantile.isFinite else { return prediction }
      variance = max(0, variance)
      let error = variance.squareRoot()
      prediction.standardError = error
      prediction.confidenceLower = values[i] - quantile * error
      prediction.confidenceUpper = values[i] + quantile * error
      if let sigma = sigmas?[i] ?? (fit.isWeighted ? nil : 1), let scale = fit.residualScale {
        let spread = quantile * (variance + scale * sigma * scale * sigma).squareRoot()
        prediction.predictionLower = values[i] - spread
        prediction.predictionUpper = values[i] + spread
      }
      return prediction
    }
  }
}
