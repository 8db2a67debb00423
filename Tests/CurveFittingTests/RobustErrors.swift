// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import RandomStreams
import RealModule
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

  static let losses: [RobustLoss] = [.huber(scale: 0.15), .softL1(scale: 0.1), .cauchy(scale: 0.24)]

  @Test("Beside outliers a profile says what the standard error says", arguments: losses)
  func profiles(loss: RobustLoss) throws {
    for (size, weighting) in [
      (0.0, Weighting.none), (10, .none), (10, .absoluteSigma(Array(repeating: 1, count: 200))),
    ] {
      let (x, y) = Self.data(outliers: size)
      var fit = CurveFit(Straight.curve, CurveData(x: x, y: y, weighting: weighting), start: ["a": 0, "b": 1])
      fit.loss = loss
      fit.profileIntervals = true
      let result = try fit.run()
      for parameter in result.parameters {
        let ends = [(parameter.profileLower, parameter.lower), (parameter.profileUpper, parameter.upper)]
        for (profile, wald) in ends {
          // The curvature is the same; over two standard errors, 0.02, the loss bends by what (0.02/0.1)² is.
          let ratio = (try #require(profile) - parameter.value) / (try #require(wald) - parameter.value)
          #expect((ratio - 1).magnitude < 0.04, "\(loss), outliers \(size), \(parameter.name): \(ratio)")
        }
      }
    }
  }

  /// y = 2.5 exp(-1.3 x) + 0.5 with noise of 0.05, which in one of ten rows is ten times that.
  @Test("Intervals of robust fits cover the truth", arguments: losses)
  func coverage(loss: RobustLoss) throws {
    let truth = [2.5, 1.3, 0.5]
    var covered = [[0, 0, 0], [0, 0, 0]]
    let draws = 400
    for draw in 0..<draws {
      var random = NamedStreams(seed: UInt64(draw)).generator(for: .noise)
      let x = (0..<60).map { 4 * Double($0) / 60 }
      let y = x.map { x in
        let size = random.uniform() < 0.1 ? 0.5 : 0.05
        return 2.5 * Double.exp(-1.3 * x) + 0.5 + size * random.normal()
      }
      var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
      fit.loss = loss
      fit.crossChecks = false
      fit.profileIntervals = true
      let result = try fit.run()
      for j in 0..<3 {
        let parameter = result.parameters[j]
        let intervals = [(parameter.lower, parameter.upper), (parameter.profileLower, parameter.profileUpper)]
        for (kind, (lower, upper)) in intervals.enumerated()
        where lower ?? -.infinity <= truth[j] && truth[j] <= upper ?? .infinity {
          covered[kind][j] += 1
        }
      }
    }
    // Binomial(400, 0.95) has the standard deviation 4.4; four of them.
    for count in covered.joined() { #expect((362...398).contains(count), "\(loss): \(covered)") }
  }

  @Test("A robust fit has no criteria of squares, and the size of an ordinary residual in place of outliers'")
  func criteria() throws {
    let (x, y) = Self.data(outliers: 1000)
    var fit = CurveFit(Straight.curve, CurveData(x: x, y: y), start: ["a": 0, "b": 1])
    fit.loss = .cauchy(scale: 0.24)
    let result = try fit.run()
    #expect(result.isRobust)
    #expect(result.aic == nil && result.bic == nil && result.reducedChiSquared == nil && result.rSquared == nil)
    // The deviation of a median of 200 sizes is 1.17/√200 of the scale, times four.
    #expect((try #require(result.residualScale) / 0.1 - 1).magnitude < 0.33, "\(result.residualScale ?? .nan)")
    let next = try Straight.curve.predictions(of: result, at: [[0.5]])[0]
    let width = try #require(next.predictionUpper) - (try #require(next.predictionLower))
    #expect(width < 0.6, "\(width)")
    fit.loss = .squares
    let plain = try fit.run()
    #expect(plain.aic != nil && plain.isRobust == false)
    #expect(agree(try #require(plain.residualScale), try #require(plain.reducedChiSquared).squareRoot()))
  }

  @Test("Counted rows and a robust loss exclude each other")
  func counts() throws {
    let (x, y) = Self.data(outliers: 0)
    var fit = CurveFit(
      Straight.curve, CurveData(x: x, y: y, weighting: .counts(x.map { _ in 2 })), start: ["a": 0, "b": 1])
    fit.loss = .huber(scale: 0.15)
    #expect(throws: CurveFitError.self) { try fit.run() }
  }

  @Test("A standard deviation for each predicted row")
  func sigmas() throws {
    let (x, y) = Self.data(outliers: 0)
    let data = CurveData(x: x, y: y, weighting: .absoluteSigma(x.map { _ in 0.1 }))
    let result = try CurveFit(Straight.curve, data, start: ["a": 0, "b": 1]).run()
    let rows = try Straight.curve.predictions(of: result, at: [[0.5, 0.5]], sigmas: [0.1, 5])
    for (row, sigma) in zip(rows, [0.1, 5]) {
      let error = try #require(row.standardError)
      let half = 1.959963984540054 * (sigma * sigma + error * error).squareRoot()
      #expect(agree(try #require(row.predictionUpper) - row.value, half))
    }
    #expect(throws: CurveFitError.badWeight(kind: "sigma", row: 2, value: 0)) {
      try Straight.curve.predictions(of: result, at: [[0.5, 0.5]], sigmas: [0.1, 0])
    }
    #expect(throws: CurveFitError.self) { try Straight.curve.predictions(of: result, at: [[0.5]], sigmas: [0.1, 0.2]) }
  }
}
