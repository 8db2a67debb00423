// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import RandomStreams
import RealModule
import Testing

/// What must hold for every fit, whatever the curve.
@Suite struct Laws {
  @Test func intervalsCoverTheTruth() throws {
    // 1,000 draws: the count is binomial(1000, 0.95) with standard deviation 6.9; four of them.
    var covered = [0, 0, 0]
    let truth = [2.5, 1.3, 0.5]
    for draw in 0..<1000 {
      let (x, y) = decayData(40, noise: 0.05, seed: UInt64(draw) + 100)
      var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
      fit.crossChecks = false
      let result = try fit.run()
      #expect(result.status == .converged)
      for j in 0..<3 {
        let parameter = result.parameters[j]
        if let lower = parameter.lower, let upper = parameter.upper, lower <= truth[j], truth[j] <= upper {
          covered[j] += 1
        }
      }
    }
    for count in covered { #expect((922...978).contains(count), "\(covered)") }
  }

  @Test func countsAreReplication() throws {
    let (x, y) = decayData(20)
    let counts = (0..<20).map { Double($0 % 3 + 1) }
    let counted = try CurveFit(
      Decay.curve, CurveData(x: x, y: y, weighting: .counts(counts)), start: Decay.start
    ).run()
    let long = (0..<20).flatMap { Array(repeating: $0, count: $0 % 3 + 1) }
    let repeated = try Decay.curve.fitted(x: long.map { x[$0] }, y: long.map { y[$0] }, start: Decay.start)
    for (a, b) in zip(counted.parameters, repeated.parameters) {
      #expect(agree(a.value, b.value, digits: 12))
      #expect(agree(a.standardError ?? 0, b.standardError ?? 1))
    }
    #expect(agree(counted.aic ?? 0, repeated.aic ?? 1))
    #expect(counted.degreesOfFreedom == repeated.degreesOfFreedom)
  }

  @Test func sigmaAbsoluteAndRelative() throws {
    let (x, y) = decayData(30)
    let sigma = x.map { 0.05 + 0.02 * $0 }
    let absolute = try Decay.curve.fitted(x: x, y: y, start: Decay.start, weighting: .absoluteSigma(sigma))
    let relative = try Decay.curve.fitted(x: x, y: y, start: Decay.start, weighting: .relativeSigma(sigma))
    let weights = try Decay.curve.fitted(
      x: x, y: y, start: Decay.start, weighting: .weights(sigma.map { 7 / ($0 * $0) }))
    let factor = try #require(relative.reducedChiSquared).squareRoot()
    for j in 0..<3 {
      #expect(agree(absolute.values[j], relative.values[j], digits: 12))
      #expect(agree(weights.values[j], relative.values[j], digits: 12))
      let (a, r) = (absolute.parameters[j].standardError ?? 0, relative.parameters[j].standardError ?? 1)
      #expect(agree(a * factor, r))
      #expect(agree(weights.parameters[j].standardError ?? 0, r))
    }
    // For absolute sigma a common factor counts.
    let double = try Decay.curve.fitted(
      x: x, y: y, start: Decay.start, weighting: .absoluteSigma(sigma.map { 2 * $0 }))
    #expect(agree(double.parameters[0].standardError ?? 0, 2 * (absolute.parameters[0].standardError ?? 1)))
  }

  @Test(arguments: [1e-300, 1e-30, 1e-3, 1e5, 1e40, 1e290])
  func scaleOfTheResponse(factor: Double) throws {
    let (x, y) = decayData(30)
    let one = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    let other = try Decay.curve.fitted(
      x: x, y: y.map { $0 * factor }, start: ["a": factor, "b": 1, "c": 0])
    #expect(other.status == .converged)
    #expect(agree(other.values[0], one.values[0] * factor) && agree(other.values[1], one.values[1]))
    #expect(agree(other.values[2], one.values[2] * factor))
    let errors = zip(one.parameters, other.parameters).map { ($0.standardError ?? 0, $1.standardError ?? 1) }
    #expect(agree(errors[0].0 * factor, errors[0].1) && agree(errors[1].0, errors[1].1))
    #expect(agree(other.rSquared ?? 0, one.rSquared ?? 1))
  }

  @Test(arguments: [1e-300, 1e-100, 1e100, 1e300])
  func scaleOfThePredictor(factor: Double) throws {
    let (x, y) = decayData(30)
    let one = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    let other = try Decay.curve.fitted(
      x: x.map { $0 * factor }, y: y, start: ["a": 1, "b": 1 / factor, "c": 0])
    #expect(other.status == .converged)
    #expect(agree(other.values[1] * factor, one.values[1]))
    #expect(agree((other.parameters[1].standardError ?? 0) * factor, one.parameters[1].standardError ?? 1))
  }

  @Test func shiftAndPermutation() throws {
    let (x, y) = decayData(30)
    let one = try Decay.curve.fitted(x: x, y: y, start: Decay.start)
    let shifted = try Decay.curve.fitted(x: x, y: y.map { $0 + 3 }, start: Decay.start)
    #expect(agree(shifted.values[0], one.values[0]) && agree(shifted.values[1], one.values[1]))
    #expect(agree(shifted.values[2], one.values[2] + 3))
    #expect(agree(shifted.rss, one.rss, digits: 8))
    var source = NamedStreams(seed: 3).generator(for: .shuffle)
    let order = source.permutation(30)
    let permuted = try Decay.curve.fitted(x: order.map { x[$0] }, y: order.map { y[$0] }, start: Decay.start)
    for j in 0..<3 {
      #expect(agree(permuted.values[j], one.values[j], digits: 12))
      #expect(agree(permuted.parameters[j].standardError ?? 0, one.parameters[j].standardError ?? 1))
    }
  }

  @Test func fixedIsConstant() throws {
    let (x, y) = decayData(30)
    var held = CurveFit(Decay.curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1])
    held.fixed = ["c": 0.5]
    let fixed = try held.run()
    struct Shifted: SampleTerm {
      func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
        let first = parameters.startIndex
        return parameters[first] * S.exp(-parameters[first + 1] * sample[sample.startIndex]) + 0.5
      }
    }
    let constant = try Curve("shifted", Shifted(), parameters: ["a", "b"]).fitted(
      x: x, y: y, start: ["a": 1, "b": 1])
    for j in 0..<2 {
      #expect(agree(fixed.values[j], constant.values[j], digits: 13))
      #expect(agree(fixed.parameters[j].standardError ?? 0, constant.parameters[j].standardError ?? 1))
    }
    #expect(fixed.values[2] == 0.5 && fixed.parameters[2].fixed && fixed.parameters[2].standardError == nil)
    #expect(fixed.degreesOfFreedom == constant.degreesOfFreedom)
  }

  @Test func bandsOfALine() throws {
    // The textbook's formula: s² (1/n + (x - mean)²/Sxx).
    let (x, y) = decayData(25)
    let result = try Straight.curve.fitted(x: x, y: y, start: Straight.start)
    let mean = x.reduce(0, +) / 25
    let spread = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let predictions = try Straight.curve.predictions(of: result, at: [[0, 1, 9]])
    let s2 = try #require(result.reducedChiSquared)
    for (point, prediction) in zip([0.0, 1, 9], predictions) {
      let expected = s2 * (1.0 / 25 + (point - mean) * (point - mean) / spread)
      #expect(agree(try #require(prediction.standardError), expected.squareRoot()))
      let t =
        try #require(result.parameters[1].upper.map { ($0 - result.values[1]) })
        / (result.parameters[1].standardError ?? 0)
      let upper = prediction.value + t * (expected + s2).squareRoot()
      #expect(agree(try #require(prediction.predictionUpper), upper))
    }
  }
}
