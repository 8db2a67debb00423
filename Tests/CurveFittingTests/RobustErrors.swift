// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import RandomStreams
import Testing

@Suite("Standard errors where something is out of the ordinary")
struct RobustErrors {
  /// y = 1 + 2x with noise of 0.1, and two outliers of ±size.
  static func data(outliers size: Double) -> (x: [Double], y: [Double]) {
    var random = NamedStreams(seed: 5).generator(for: .noise)
    let x = (0..<200).map { -1 + Double($0) / 100 }
    var y = x.map { 1 + 2 * $0 + 0.1 * random.normal() }
    y[50] += size
    y[150] -= size
    return (x, y)
  }

  @Test("Outliers do not shrink the errors of a robust fit with absolute sigma", arguments: [0.0, 10, 1000])
  func absolute(size: Double) throws {
    let (x, y) = Self.data(outliers: size)
    let data = try CurveData(x: x, y: y, weighting: .absoluteSigma(x.map { _ in 0.1 }))
    var fit = CurveFit(Straight.curve, data, start: ["a": 0, "b": 1])
    fit.loss = .huber(scale: 1.5)
    let result = try fit.run()
    // 0.1/√200 is 0.00707 for the mean and √3 times it for the slope; a tenth is what the loss costs.
    for (parameter, expected) in zip(result.parameters, [0.00707, 0.01225]) {
      let error = try #require(parameter.standardError)
      #expect(error > 0.85 * expected && error < 1.3 * expected, "\(parameter.name): \(error)")
    }
  }

  @Test("A band of one more observation is left out where its sigma is not known")
  func bands() throws {
    let (x, y) = Self.data(outliers: 0)
    for weighting in [Weighting.absoluteSigma(x.map { _ in 0.1 }), .relativeSigma(x.map { _ in 3 })] {
      let result = try CurveFit(Straight.curve, CurveData(x: x, y: y, weighting: weighting), start: ["a": 0, "b": 1])
        .run()
      let unknown = try Straight.curve.predictions(of: result, at: [[0.5]])[0]
      #expect(unknown.confidenceLower != nil && unknown.predictionLower == nil && unknown.predictionUpper == nil)
      let known = try Straight.curve.predictions(of: result, at: [[0.5]], sigma: result.sigmaIsAbsolute ? 0.1 : 3)[0]
      let width = try #require(known.predictionUpper) - (try #require(known.predictionLower))
      #expect((width - 2 * 1.96 * 0.1).magnitude < 0.05, "\(width)")
    }
  }
}
