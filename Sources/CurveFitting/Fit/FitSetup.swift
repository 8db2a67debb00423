// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams
import RealModule

/// A fit with everything checked and in the solver's units.
struct FitSetup {
  let fit: CurveFit
  let data: PreparedData
  /// The free parameters' positions.
  let free: [Int]
  /// The start of all parameters.
  let start: [Double]
  let ties: [Tie]
  /// A power of two that brings weighted responses to about 1.
  let unit: Double
  /// √weight of each row, times the unit.
  private let roots: [Double]

  init(_ fit: CurveFit) throws {
    let names = fit.curve.parameters
    try Self.check(names, fit)
    self.fit = fit
    data = try PreparedData(fit.data, for: fit.curve)
    let tied = fit.expressions.map(\.parameter)
    ties = fit.expressions.map { Tie(index: names.firstIndex(of: $0.parameter) ?? 0, term: $0.term) }
    free = names.indices.filter { fit.fixed[names[$0]] == nil && !tied.contains(names[$0]) }
    guard data.samples.count >= free.count else {
      throw CurveFitError.tooFewRows(rows: data.samples.count, parameters: free.map { names[$0] })
    }
    var start = try Self.start(fit, data.samples, free)
    let tieEvaluation = CurveRows(
      term: fit.curve.term, constants: start, free: free, ties: ties, predictors: [], width: 0, count: 0)
    start = try tieEvaluation.expand(free.map { start[$0] })
    self.start = start
    var largest = 0.0
    var heaviest = 0.0
    if let roots = data.rootWeights {
      for (root, y) in zip(roots, data.samples.response) {
        largest = max(largest, root * y.magnitude)
        heaviest = max(heaviest, root)
      }
    } else {
      for y in data.samples.response { largest = max(largest, y.magnitude) }
      heaviest = 1
    }
    let size = largest > 0 ? largest : heaviest
    let unit = Double(sign: .plus, exponent: max(-1000, min(1000, -size.exponent)), significand: 1)
    self.unit = unit
    roots = data.rootWeights.map { $0.map { $0 * unit } } ?? Array(repeating: unit, count: data.samples.count)
  }

  /// The problem with the free parameters' starts as scales, some of them perhaps held at a value.
  func problem(from start: [Double], holding held: [Int: Double] = [:]) -> FitProblem {
    var constants = start
    for (index, value) in held { constants[index] = value }
    let free = free.filter { held[$0] == nil }
    let rows = CurveRows(
      term: fit.curve.term, constants: constants, free: free, ties: ties, predictors: data.samples.predictors,
      width: data.samples.width, count: data.samples.count)
    var scales = free.map { Self.scale(start[$0]) }
    let zeros = free.indices.filter { start[free[$0]] == 0 }
    if !zeros.isEmpty { set(&scales, at: zeros, rows, free.map { start[$0] }) }
    let problem = FitProblem(
      rows: rows, targets: data.samples.response,
      rootWeights: roots, loss: fit.loss.scaled(by: unit),
      scales: scales, method: fit.method)
    problem.tails = data.tails
    if data.rootWeights == nil { problem.uniformRoot = unit }
    return problem
  }

  /// A start of 0 has no size: its scale is what moves a residual by about 1.
  private func set(_ scales: inout [Double], at zeros: [Int], _ rows: CurveRows, _ theta: [Double]) {
    let step = max(1, rows.count / 16)
    let picked = Array(stride(from: 0, to: rows.count, by: step))
    let some = rows.selecting(picked)
    let ones = Array(repeating: 1.0, count: theta.count)
    guard let columns = try? some.jacobian(0..<some.count, at: theta, scales: ones).columns else { return }
    for j in zeros {
      let slopes = picked.indices.map {
        (columns[j * some.count + $0] * roots[picked[$0]]).magnitude
      }
      guard let largest = slopes.max(), largest > 0, largest.isFinite else { continue }
      scales[j] = 1 / Self.scale(largest)
    }
  }

  /// The power of two at a number's size.
  static func scale(_ x: Double) -> Double {
    x == 0 || !x.isFinite ? 1 : Double(sign: .plus, exponent: max(-1000, min(1000, x.exponent)), significand: 1)
  }

  /// The starts, the given one first.
  func starts() throws -> [[Double]] {
    guard let multistart = fit.multistart else { return [start] }
    var source = NamedStreams(seed: multistart.seed).generator(for: .restarts)
    var result = [start]
    for _ in 1..<max(2, multistart.count) {
      var point = start
      for index in free {
        guard let range = multistart.ranges[fit.curve.parameters[index]] else { continue }
        let (low, high) = (range.lowerBound, range.upperBound)
        let u = source.uniform()
        if low * high > 0, max(low / high, high / low) > 10 {
          point[index] = low * Double.pow(high / low, u)
        } else {
          point[index] = low * (1 - u) + high * u
        }
      }
      result.append(point)
    }
    return result
  }

  private static func start(_ fit: CurveFit, _ samples: CurveSamples, _ free: [Int]) throws -> [Double] {
    let names = fit.curve.parameters
    var values = names.map { fit.fixed[$0] ?? fit.start[$0] }
    let missing = free.filter { values[$0] == nil }
    if !missing.isEmpty {
      guard let rule = fit.curve.startRule else {
        throw CurveFitError.missingStart(parameters: missing.map { names[$0] }, curve: fit.curve.name)
      }
      let guess = try rule(samples)
      guard guess.count == names.count, guess.allSatisfy(\.isFinite) else {
        throw CurveFitError.noGuess(curve: fit.curve.name, reason: "the data do not fit its rule")
      }
      for index in missing { values[index] = guess[index] }
    }
    var result = values.map { $0 ?? 0 }
    for index in free {
      guard let bounds = fit.bounds[names[index]] else { continue }
      if missing.contains(index) {
        result[index] = min(max(result[index], bounds.lowerBound), bounds.upperBound)
      } else if !bounds.contains(result[index]) {
        throw CurveFitError.invalidParameter(
          name: names[index], reason: "the start \(result[index]) is outside its bounds \(bounds)")
      }
    }
    return result
  }

  private static func check(_ names: [String], _ fit: CurveFit) throws {
    for (kind, list) in [("parameter", names), ("predictor", fit.curve.predictors)] {
      for (i, name) in list.enumerated() where list[..<i].contains(name) {
        throw CurveFitError.duplicateName(kind: kind, name: name)
      }
    }
    let ranges = fit.multistart.map { Array($0.ranges.keys) } ?? []
    let used = Array(fit.start.keys) + Array(fit.fixed.keys) + Array(fit.bounds.keys) + ranges
    for name in (used + fit.expressions.map(\.parameter)).sorted() where !names.contains(name) {
      throw CurveFitError.unknownName(kind: "parameter", name: name, known: names)
    }
    for (i, expression) in fit.expressions.enumerated() {
      let name = expression.parameter
      if fit.expressions[..<i].contains(where: { $0.parameter == name }) || fit.fixed[name] != nil {
        throw CurveFitError.invalidParameter(name: name, reason: "it is given twice, as an expression and otherwise")
      }
      if fit.bounds[name] != nil {
        throw CurveFitError.invalidParameter(name: name, reason: "an expression cannot have bounds of its own")
      }
    }
    for (name, value) in fit.start.merging(fit.fixed, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key })
    where !value.isFinite {
      throw CurveFitError.invalidParameter(name: name, reason: "its value \(value) is not finite")
    }
    for (name, range) in fit.bounds where range.lowerBound.isNaN || range.upperBound.isNaN {
      throw CurveFitError.invalidParameter(name: name, reason: "a bound is not a number")
    }
    for (name, range) in fit.multistart?.ranges ?? [:]
    where !range.lowerBound.isFinite || !range.upperBound.isFinite {
      throw CurveFitError.invalidParameter(name: name, reason: "the range of its starts is not finite")
    }
    if fit.loss != .squares, case .counts = fit.data.weighting {
      throw CurveFitError.invalidOption(
        name: "counts",
        reason: "a robust loss judges each observation by itself; repeat the rows instead of counting them"
      )
    }
    if let scale = fit.loss.scale, !(scale > 0 && scale.isFinite) {
      throw CurveFitError.invalidOption(name: "loss", reason: "its scale \(scale) must be positive and finite")
    }
    guard fit.confidence > 0, fit.confidence < 1 else {
      throw CurveFitError.invalidOption(name: "confidence", reason: "\(fit.confidence) is not between 0 and 1")
    }
  }
}
