// SPDX-License-Identifier: Apache-2.0

// How long fits take inside the library: the certified problems from both starts, and y = a·exp(-b·x) + c over as many
// rows as the first argument says. `Tests/CurveFittingTests/Generators/scipy_large.py` is the same with scipy.

import CertifiedProblems
import CurveFitting
import DifferentiationCore
import RandomStreams
import RealModule

struct Decay: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = parameters.startIndex
    return parameters[first] * S.exp(-parameters[first + 1] * sample[sample.startIndex]) + parameters[first + 2]
  }
}

let clock = ContinuousClock()
if CommandLine.arguments.count < 2 {
  var medians: [(name: String, milliseconds: Double)] = []
  for problem in CertifiedProblem.nonlinear {
    let (predictors, response) = problem.columns
    for (index, start) in problem.starts.enumerated() {
      var fit = CurveFit(
        problem.curve, CurveData(predictors: predictors, response: response),
        start: Dictionary(uniqueKeysWithValues: zip(problem.curve.parameters, start)))
      var times: [Double] = []
      for checks in [true, false] {
        fit.crossChecks = checks
        times = []
        for _ in 0..<7 {
          let time = try clock.measure { _ = try fit.run() }
          times.append(Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3)
        }
        times.sort()
        if checks { medians.append(("\(problem.name) \(index + 1)", times[3])) }
      }
      let result = try fit.run()
      print(
        "\(problem.name) \(index + 1): \(medians[medians.count - 1].milliseconds) ms, without the cross-check "
          + "\(times[3]) ms, \(result.iterations) iterations, \(problem.digits(of: result.values)) digits")
    }
  }
  let sorted = medians.map(\.milliseconds).sorted()
  print("median \(sorted[sorted.count / 2]) ms, all \(sorted.reduce(0, +)) ms")
} else {
  let rows = Int(CommandLine.arguments[1]) ?? 1_000_000
  var source = NamedStreams(seed: 1).generator(for: .data)
  let x = (0..<rows).map { 10 * Double($0) / Double(rows) }
  let y = x.map { 2.5 * Double.exp(-1.3 * $0) + 0.5 + 0.1 * source.normal() }
  let curve = Curve("decay", Decay(), parameters: ["a", "b", "c"])
  for _ in 0..<3 {
    let time = try clock.measure {
      let result = try CurveFit(curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1, "c": 0]).run()
      print(result.status, result.digits, result.values, result.newtonSteps, result.evaluations)
    }
    print("\(rows) rows: \(time)")
  }
}
