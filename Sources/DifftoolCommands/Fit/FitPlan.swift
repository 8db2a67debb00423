// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Differentiation
import DifferentiationCore
import Formulas
import TabularData

/// A fit with its data, made of the options and a file.
struct FitPlan {
  let file: NumericFile
  let fit: CurveFit
  /// The line of each row.
  let lines: RowLines
  /// The formula as it was understood: what is fitted = the curve.
  let equation: String
  /// What is left of `=`.
  let response: FormulaTree

  init(_ options: FitOptions, path: String, seed: UInt64) throws {
    let file = try NumericFile(path: path)
    var parameters = try FitParameters(options)
    let choice = try options.formula.map { try FormulaChoice($0, options: options, file: file, parameters: parameters) }
    let (curve, response) =
      try choice.map { ($0.curve, $0.response) } ?? Self.builtIn(options, file: file)
    parameters.start.merge(choice?.starts ?? [:]) { given, _ in given }
    for name in parameters.names where !curve.parameters.contains(name) {
      let hint = UsageHint.didYouMean(name, curve.parameters)
      let why = file.columnNames.contains(name) ? "is a column" : "is no parameter"
      throw CommandError.usage(
        "'\(name)' \(why)\(hint); the parameters are: \(curve.parameters.joined(separator: ", "))")
    }
    let extra = [options.sigma, options.weights, options.counts].compactMap { $0 }
    let names = curve.predictors + response.variables + extra
    let read = try file.numbers(in: names, skipsMissing: options.missing == .skip)
    let (columns, lines) = (read.columns, read.lines)
    let predictors = Array(columns.prefix(curve.predictors.count))
    let sources = Array(columns.dropFirst(curve.predictors.count).prefix(response.variables.count))
    let values = try Self.responses(response, sources, file: file, lines: lines)
    let weighting = Self.weighting(options, columns.last ?? [])
    var data = CurveData(
      predictors: predictors, response: values, weighting: weighting,
      missing: options.missing == .skip ? .skip : .refuse)
    // Few rows: with all the digits that the file has, which show in a fit that is good to them.
    if let texts = read.texts, response.variable != nil, weighting == .none,
      let decimals = try? CurveData(
        decimalPredictors: Array(texts.prefix(curve.predictors.count)), decimalResponse: texts[curve.predictors.count],
        missing: data.missing)
    {
      data = decimals
    }
    self.file = file
    self.lines = lines
    self.response = response
    equation = curve.formula
    fit = try Self.fit(curve, data, options, parameters, seed: seed)
  }

  private static func fit(
    _ curve: Curve, _ data: CurveData, _ options: FitOptions, _ parameters: FitParameters, seed: UInt64
  ) throws -> CurveFit {
    var fit = CurveFit(curve, data, start: parameters.start)
    fit.fixed = parameters.fixed
    fit.bounds = parameters.bounds
    fit.expressions = try parameters.definitions.map { name, formula in
      do {
        let term = try formula.right.term(parameters: curve.parameters, columns: [])
        return ParameterExpression(name, term, text: formula.right.description)
      } catch { throw CommandError.usage("--define \(name): \(error)") }
    }
    if !parameters.ranges.isEmpty {
      fit.multistart = Multistart(count: options.starts ?? 20, seed: seed, ranges: parameters.ranges)
    } else if options.starts != nil {
      throw CommandError.usage("--starts needs a range to start in: --start \(curve.parameters.first ?? "a")=1..10")
    }
    fit.loss = try options.robust.map { try robust($0, isAbsolute: options.sigmaIs == .absolute) } ?? .squares
    let named = options.method == "exact" ? nil : options.method
    fit.method = try named.map { try DifftoolEnvironment.registry.differentiators.make($0) }
    fit.confidence = options.confidence
    fit.profileIntervals = options.profile
    fit.maximumIterations = options.iterations
    fit.requiredDigits = options.digits
    return fit
  }

  /// A built-in curve with its variables renamed to columns.
  private static func builtIn(_ options: FitOptions, file: NumericFile) throws -> (Curve, FormulaTree) {
    var curve = try DifftoolEnvironment.registry.curves.make(options.model ?? "")
    let count = curve.predictors.count
    let names = file.columnNames
    let isNamed = ([curve.response] + curve.predictors).allSatisfy(names.contains)
    let target =
      options.target
      ?? (isNamed ? curve.response : names.count == count + 1 ? names.last : names.first { $0 == curve.response })
    guard let target else {
      throw CommandError.usage(
        "--target is missing: which column is \(curve.response)? '\(file.source)' has: \(names.joined(separator: ", "))"
      )
    }
    let others = names.filter { $0 != target }
    let inputs =
      options.inputs.map { NamedValues.names([$0]) }
      ?? (curve.predictors.allSatisfy(names.contains) ? curve.predictors : others.count == count ? others : nil)
    guard let inputs, inputs.count == count else {
      throw CommandError.usage(
        "--inputs: \(curve.name) has \(counted(count, "predictor")); name \(count == 1 ? "its column" : "their columns")"
          + " out of: \(others.joined(separator: ", "))")
    }
    // The formula is in the curve's own names where they differ.
    if inputs != curve.predictors || target != curve.response {
      let meaning = zip([curve.response] + curve.predictors, [target] + inputs).map { "\($0) is \($1)" }
      curve.formula += " (\(meaning.joined(separator: ", ")))"
    }
    curve.predictors = inputs
    curve.response = target
    do { return (curve, try FormulaTree(variable: target)) } catch { throw CommandError.usage("\(error)") }
  }

  /// What is fitted, row by row.
  private static func responses(
    _ tree: FormulaTree, _ columns: [[Double]], file: NumericFile, lines: RowLines
  ) throws -> [Double] {
    if tree.variable != nil { return columns[0] }
    let names = tree.variables
    let field = try tree.field()
    var row = Array(repeating: 0.0, count: names.count)
    return try (columns.first ?? []).indices.map { i in
      for k in names.indices { row[k] = columns[k][i] }
      let value = try field(row)
      guard value.isFinite || row.contains(where: \.isNaN) else {
        let point = zip(names, row).map { "\($0) = \(NumberText.short($1))" }.joined(separator: ", ")
        throw CommandError.runtime(
          "\(file.source):\(lines[i]): \(tree) is \(NumberText.value(value)) for \(point); correct the row, or leave it out"
        )
      }
      return value
    }
  }

  private static func weighting(_ options: FitOptions, _ column: [Double]) -> Weighting {
    if options.sigma != nil { return options.sigmaIs == .absolute ? .absoluteSigma(column) : .relativeSigma(column) }
    if options.weights != nil { return .weights(column) }
    return options.counts != nil ? .counts(column) : .none
  }

  /// `huber:scale=0.5`. Where residuals are in standard deviations there is a usual scale, for 95 % efficiency with normal errors.
  private static func robust(_ text: String, isAbsolute: Bool) throws -> RobustLoss {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let usual = ["huber": 1.345, "soft-l1": 1.0, "cauchy": 2.385]
    guard let name = parts.first, let standard = usual[name] else {
      throw CommandError.usage(
        "--robust: there is no loss '\(text)'\(UsageHint.didYouMean(parts.first ?? "", Array(usual.keys))); "
          + "there are: huber, soft-l1, cauchy")
    }
    var scale = isAbsolute ? standard : nil
    if parts.count > 1 {
      let items = try NamedValues.items([parts[1]], option: "--robust", example: "\(name):scale=0.5")
      guard items.count == 1, items[0].name == "scale", let value = Double(items[0].text), value > 0, value.isFinite
      else { throw CommandError.usage("--robust: write \(name):scale=0.5, with a positive scale") }
      scale = value
    }
    guard let scale else {
      throw CommandError.usage(
        "--robust \(name) needs the size of an ordinary residual: write \(name):scale=0.5, in the unit of what is fitted"
      )
    }
    switch name {
    case "huber": return .huber(scale: scale)
    case "soft-l1": return .softL1(scale: scale)
    default: return .cauchy(scale: scale)
    }
  }
}
