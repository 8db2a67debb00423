// SPDX-License-Identifier: Apache-2.0

// How long fits take inside the library and how far they come:
//   FitBenchmark             the certified problems from both starts: milliseconds, digits
//   FitBenchmark only NAME…  the same of some problems
//   FitBenchmark 1000000     y = a·exp(-b·x) + c over so many rows (Generators/scipy_large.py: the same with scipy)
//   FitBenchmark starts      540 random starts of the certified problems (Generators/scipy_starts.py)
//   FitBenchmark methods     the certified problems by every method

import CertifiedProblems
import CompiledReverse
import ComplexSteps
import CurveFitting
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import RandomStreams
import RealModule
import ReverseMode

struct Decay: SampleTerm {
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, sample: ArraySlice<S>) -> S {
    let first = parameters.startIndex
    return parameters[first] * S.exp(-parameters[first + 1] * sample[sample.startIndex]) + parameters[first + 2]
  }
}

func certified(_ problem: CertifiedProblem, _ start: [Double]) -> CurveFit {
  let (predictors, response) = problem.columns
  return CurveFit(
    problem.curve, CurveData(predictors: predictors, response: response),
    start: Dictionary(uniqueKeysWithValues: zip(problem.curve.parameters, start)))
}

func milliseconds(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3
}

func certifiedProblems(_ names: [String] = []) throws {
  var medians: [Double] = []
  for problem in CertifiedProblem.nonlinear where names.isEmpty || names.contains(problem.name) {
    for (index, start) in problem.starts.enumerated() {
      let fit = certified(problem, start)
      let times = try (0..<7).map { _ in try milliseconds { _ = try fit.run() } }.sorted()
      medians.append(times[3])
      let result = try fit.run()
      let errors = problem.errorDigits(of: result.parameters.map { $0.standardError ?? .nan }, values: result.values)
      print(
        "\(problem.name) \(index + 1): \(times[3]) ms, \(result.iterations) iterations, "
          + "\(result.evaluations.values)+\(result.evaluations.jacobians)+\(result.evaluations.secondDirectionals)+"
          + "\(result.evaluations.hessians) evaluations, \(result.newtonSteps) Newton steps, \(result.status), "
          + "digits \(problem.digits(of: result.values)), of the errors \(errors)")
    }
  }
  medians.sort()
  print("median \(medians[medians.count / 2]) ms, all \(medians.reduce(0, +)) ms")
}

func manyRows(_ rows: Int) throws {
  var source = NamedStreams(seed: 1).generator(for: .data)
  let x = (0..<rows).map { 10 * Double($0) / Double(rows) }
  let y = x.map { 2.5 * Double.exp(-1.3 * $0) + 0.5 + 0.1 * source.normal() }
  let curve = Curve("decay", Decay(), parameters: ["a", "b", "c"])
  for _ in 0..<5 {
    let time = try milliseconds {
      let result = try CurveFit(curve, CurveData(x: x, y: y), start: ["a": 1, "b": 1, "c": 0]).run()
      print(result.status, result.digits, result.values, result.newtonSteps)
    }
    print("\(rows) rows: \(time) ms")
  }
}

func randomStarts() {
  var total = 0
  for (number, problem) in CertifiedProblem.nonlinear.enumerated() {
    var counts = [0, 0, 0]
    for index in problem.starts.indices {
      for point in StartFactors.starts(problem, number: number, start: index) {
        let result = try? certified(problem, point).run()
        let reached = result.map { problem.digits(of: $0.values) >= 4 } ?? false
        counts[reached ? 0 : result?.status.isSuccess == true ? 1 : 2] += 1
      }
    }
    total += counts[0]
    print("\(problem.name): \(counts[0]) certified, \(counts[1]) other minima, \(counts[2]) not converged")
  }
  print("all \(total)")
}

func allMethods() throws {
  let methods: [any Differentiator] = [
    BatchedDualDifferentiator(), DualDifferentiator(), TapeDifferentiator(), ComplexStepDifferentiator(),
    CompiledDifferentiator(),
    try FiniteDifference(), try FiniteDifference(scheme: .forward),
  ]
  for method in methods {
    var digits: [Double] = []
    var wrong = 0
    let time = try milliseconds {
      for problem in CertifiedProblem.nonlinear {
        for start in problem.starts {
          var fit = certified(problem, start)
          fit.method = method
          fit.crossChecks = false
          let result = try fit.run()
          digits.append(problem.digits(of: result.values))
          if result.status.isSuccess, digits[digits.count - 1] < 4 { wrong += 1 }
        }
      }
    }
    let counts = [4.0, 6, 8, 10].map { limit in "≥\(Int(limit)): \(digits.count { $0 >= limit })" }
    print("\(method.name): \(counts.joined(separator: " ")), wrong and called converged: \(wrong), \(time) ms")
  }
}

switch CommandLine.arguments.dropFirst().first {
case nil: try certifiedProblems()
case "starts": randomStarts()
case "methods": try allMethods()
case "only": try certifiedProblems(Array(CommandLine.arguments.dropFirst(2)))
case .some(let rows): try manyRows(Int(rows) ?? 1_000_000)
}
