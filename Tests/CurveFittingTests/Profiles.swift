// SPDX-License-Identifier: Apache-2.0

import CertifiedProblems
import CurveFitting
import DifferentiationCore
import RealModule
import Testing

/// a·exp(-b·x)
private struct PureDecay: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    parameters[parameters.startIndex] * S.exp(-parameters[parameters.startIndex + 1] * sample[sample.startIndex])
  }
}

/// The lowest value of a function with one minimum between two points: golden section.
private func lowest(_ from: Double, _ to: Double, _ f: (Double) -> Double) -> Double {
  var (low, high) = (from, to)
  let part = (Double.sqrt(5) - 1) / 2
  for _ in 0..<120 {
    let (a, b) = (high - part * (high - low), low + part * (high - low))
    if f(a) < f(b) { high = b } else { low = a }
  }
  return f((low + high) / 2)
}

/// Where a rising (or falling) function is 0.
private func root(_ from: Double, _ to: Double, _ f: (Double) -> Double) -> Double {
  var (low, high) = (from, to)
  let sign = f(low) < 0
  for _ in 0..<200 {
    let middle = low + (high - low) / 2
    if (f(middle) < 0) == sign { low = middle } else { high = middle }
  }
  return low
}

/// Profile-likelihood intervals against answers from elsewhere: the ends of [value, value ± …] where the lowest sum of
/// squares is RSS + t² s².
@Suite struct Profiles {
  /// t of 95 % intervals by degrees of freedom: scipy.stats.t.ppf(0.975, n).
  private static let quantiles = [23: 2.0686576104, 18: 2.1009220402, 125: 1.9791241095]

  @Test func ofALineIsWald() throws {
    let (x, y) = decayData(25)
    let result = try profiled(CurveFit(Straight.curve, CurveData(x: x, y: y), start: Straight.start))
    let t = try #require(Self.quantiles[23])
    for parameter in result.parameters {
      let error = try #require(parameter.standardError)
      for (end, sign) in [(parameter.profileLower, -1.0), (parameter.profileUpper, 1)] {
        let reached = (try #require(end) - parameter.value) / error
        #expect((reached - sign * t).magnitude < 1e-7, "\(parameter.name) \(reached)")
      }
      #expect(agree(try #require(parameter.profileLower), try #require(parameter.lower), digits: 7))
      #expect(agree(try #require(parameter.profileUpper), try #require(parameter.upper), digits: 7))
    }
  }

  /// For a given b the best a is a ratio of sums; for a given a the best b is found by golden section.
  @Test func ofADecayAgainstAScan() throws {
    let (x, noisy) = decayData(20, noise: 0.2)
    let y = noisy.map { $0 - 0.5 }
    let curve = Curve("pure decay", PureDecay(), parameters: ["a", "b"])
    let result = try profiled(CurveFit(curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1]))
    #expect(result.status == .converged)
    func sum(_ a: Double, _ b: Double) -> Double {
      zip(x, y).reduce(0) { total, row in
        let r = a * Double.exp(-b * row.0) - row.1
        return total + r * r
      }
    }
    func sumByB(_ b: Double) -> Double {
      let shape = x.map { Double.exp(-b * $0) }
      let a = zip(shape, y).reduce(0) { $0 + $1.0 * $1.1 } / shape.reduce(0) { $0 + $1 * $1 }
      return sum(a, b)
    }
    func sumByA(_ a: Double) -> Double { lowest(0, 10) { sum(a, $0) } }
    let t = try #require(Self.quantiles[18])
    let limit = result.rss * (1 + t * t / 18)
    let (a, b) = (result.values[0], result.values[1])
    let expected = [
      (root(0, a) { sumByA($0) - limit }, root(a, 10) { sumByA($0) - limit }),
      (root(0, b) { sumByB($0) - limit }, root(b, 10) { sumByB($0) - limit }),
    ]
    for (parameter, ends) in zip(result.parameters, expected) {
      #expect(agree(try #require(parameter.profileLower), ends.0, digits: 7), "\(parameter)")
      #expect(agree(try #require(parameter.profileUpper), ends.1, digits: 7), "\(parameter)")
      // Not symmetric, so not Wald's in other words.
      let (below, above) = (parameter.value - ends.0, ends.1 - parameter.value)
      #expect((below / above - 1).magnitude > 0.02, "\(parameter)")
    }
  }

  /// Nelson's b2 is its own standard error away from 0, where b3 has no meaning: the lower end is between.
  @Test func ofNelsonAgainstAScan() throws {
    let problem = try #require(CertifiedProblem.nonlinear.first { $0.name == "Nelson" })
    let result = try profiled(certifiedFit(problem, start: problem.starts[1]))
    let (predictors, response) = problem.columns
    let y = response.map { Double.log($0) }
    /// The lowest sum for b2 and b3: b1 is a mean.
    func sum(_ b2: Double, _ b3: Double) -> Double {
      let rest = y.indices.map { y[$0] + b2 * predictors[0][$0] * Double.exp(-b3 * predictors[1][$0]) }
      let mean = rest.reduce(0, +) / Double(rest.count)
      return rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    /// b2 > 0: the best b3 is near the one that gives the steepest decline its size.
    func sumByB2(_ b2: Double) -> Double {
      let center = (Double.log(b2) - Double.log(result.values[1])) / 250 + result.values[2]
      return lowest(center - 0.02, center + 0.02) { sum(b2, $0) }
    }
    #expect(agree(sumByB2(result.values[1]), result.rss))
    let t = try #require(Self.quantiles[125])
    let limit = result.rss * (1 + t * t / 125)
    let b2 = result.parameters[1]
    let lower = root(b2.value / 1000, b2.value) { sumByB2($0) - limit }
    let upper = root(b2.value, b2.value * 1000) { sumByB2($0) - limit }
    #expect(agree(try #require(b2.profileLower), lower, digits: 6), "\(b2) \(lower)")
    #expect(agree(try #require(b2.profileUpper), upper, digits: 6), "\(b2) \(upper)")
    #expect(lower > 0 && lower < 0.9 * b2.value && upper > 1.1 * b2.value)
  }

  /// Every end raises the sum by t² s², in a fit of its own.
  @Test(arguments: ["Misra1a", "Chwirut2", "DanWood", "Rat42", "Rat43", "BoxBOD", "Kirby2"])
  func heldEnds(name: String) throws {
    let problem = try #require(CertifiedProblem.nonlinear.first { $0.name == name })
    var fit = certifiedFit(problem, start: problem.starts[1])
    let result = try profiled(fit)
    fit.crossChecks = false
    for parameter in result.parameters {
      let error = try #require(parameter.standardError)
      let t = (try #require(parameter.upper) - parameter.value) / error
      for end in [parameter.profileLower, parameter.profileUpper] {
        let end = try #require(end, "\(parameter)")
        #expect((end - parameter.value).magnitude > 0.1 * t * error, "\(parameter)")
        fit.fixed = [parameter.name: end]
        fit.start = Dictionary(uniqueKeysWithValues: zip(result.parameters.map(\.name), result.values))
        fit.start[parameter.name] = nil
        let rise = (try fit.run().rss - result.rss) / (try #require(result.reducedChiSquared))
        #expect(agree(rise, t * t, digits: 5), "\(parameter) \(rise)")
      }
    }
  }

  /// Where no value raises the sum enough there is no end.
  @Test func withoutAnEnd() throws {
    // y falls to a constant at once: any steeper b fits as well.
    let x = [0.0, 0, 0, 1, 1, 1]
    let y = [2.0, 2.2, 1.9, 0.01, -0.02, 0.015]
    let curve = Curve("pure decay", PureDecay(), parameters: ["a", "b"])
    let result = try profiled(CurveFit(curve, CurveData(x: x, y: y), start: ["a": 1, "b": 2]))
    #expect(result["b"]?.profileUpper == nil)
    let lower = try #require(result["b"]?.profileLower)
    #expect(lower > 0 && lower < result.values[1])
  }

  private func profiled(_ fit: CurveFit) throws -> FitResult {
    var fit = fit
    fit.profileIntervals = true
    fit.crossChecks = false
    return try fit.run()
  }
}
