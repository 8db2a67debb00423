// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Formulas

/// A formula as a curve: its variables that are columns are data, the others parameters.
struct FormulaChoice {
  let curve: Curve
  /// What is fitted.
  let response: FormulaTree
  /// Where parameters start that nobody gave a start: known without one where the formula is linear in all of them.
  let starts: [String: Double]

  init(_ text: String, options: FitOptions, file: NumericFile, parameters: FitParameters) throws {
    let formula = try NamedValues.formula(text, option: "--formula")
    response = try Self.response(formula, options: options, file: file)
    let isColumn = Set(file.columnNames)
    let variables = formula.right.variables
    let predictors = variables.filter(isColumn.contains)
    var names = variables.filter { !isColumn.contains($0) }
    // What definitions are made of are parameters too.
    for definition in parameters.definitions {
      for name in definition.formula.right.variables where !names.contains(name) {
        if isColumn.contains(name) {
          throw CommandError.usage(
            "--define \(definition.name): '\(name)' is a column; parameters follow from parameters")
        }
        names.append(name)
      }
    }
    if names.isEmpty {
      throw CommandError.usage(
        "--formula: nothing is left to fit: every name is a column; '\(file.source)' has: "
          + file.writtenNames)
    }
    starts = try Self.starts(names, formula.right, file: file, parameters: parameters)
    do {
      let term = try formula.right.term(parameters: names, columns: predictors)
      curve = Curve(
        "the formula", term, parameters: names, predictors: predictors, response: response.description,
        formula: Formula(left: response, right: formula.right).description)
    } catch { throw CommandError.usage("--formula: \(error)") }
  }

  /// What is fitted: the left side, or the column that is meant.
  private static func response(_ formula: Formula, options: FitOptions, file: NumericFile) throws -> FormulaTree {
    let columns = file.columnNames
    if let left = formula.left {
      if options.target != nil {
        throw CommandError.usage("--target is said by the formula, '\(left) = …'; leave one of them out")
      }
      guard !left.variables.isEmpty else {
        throw CommandError.usage("--formula: the left side '\(left)' has no column; write y = …")
      }
      for name in left.variables where !columns.contains(name) {
        throw CommandError.usage(
          "--formula: the left side is made of columns, and '\(name)' is none\(UsageHint.didYouMean(name, columns)); "
            + "'\(file.source)' has: \(file.writtenNames)")
      }
      return left
    }
    let unused = columns.filter { !formula.right.variables.contains($0) }
    let found = options.target ?? (unused.contains("y") ? "y" : unused.count == 1 ? unused[0] : nil)
    guard let found else {
      throw CommandError.usage(
        "which column is fitted? Write it before the formula, '\(unused.first ?? "y") = \(formula)', or give --target; "
          + "'\(file.source)' has: \(file.writtenNames)")
    }
    guard columns.contains(found) else {
      throw CommandError.usage(
        "--target: there is no column '\(found)'\(UsageHint.didYouMean(found, columns)); '\(file.source)' has: "
          + file.writtenNames)
    }
    do { return try FormulaTree(variable: found) } catch { throw CommandError.usage("\(error)") }
  }

  /// The starts that are missing: 0, or the bound nearest to it, where the curve is linear in its parameters, for there the
  /// sum has one minimum, which a single step reaches from anywhere.
  ///
  /// A name without a start may also be a column with a slip in it.
  private static func starts(
    _ names: [String], _ tree: FormulaTree, file: NumericFile, parameters: FitParameters
  ) throws -> [String: Double] {
    let given = Set(parameters.start.keys).union(parameters.fixed.keys).union(parameters.definitions.map(\.name))
    let missing = names.filter { !given.contains($0) }
    guard !missing.isEmpty else { return [:] }
    let slips = missing.compactMap { name in
      // A single letter is near to every other one: only its other case counts.
      let near =
        file.columnNames.first { $0.lowercased() == name.lowercased() }
        ?? (name.count > 1 ? closestName(to: name, among: file.columnNames) : nil)
      return near.map { "'\(name)' may be the column '\($0)'" }
    }
    if slips.isEmpty, parameters.definitions.isEmpty, tree.isLinear(in: Set(names)) {
      return Dictionary(
        uniqueKeysWithValues: missing.map { name in (name, Self.nearestToZero(parameters.bounds[name])) })
    }
    let example = missing.map { "\($0)=1" }.joined(separator: ",")
    throw CommandError.usage(
      "no start for \(missing.joined(separator: ", ")): \(missing.count == 1 ? "it is" : "they are") no "
        + (missing.count == 1 ? "column" : "columns")
        + " of '\(file.source)' (\(file.writtenNames))"
        + (slips.isEmpty ? "" : "; " + slips.joined(separator: ", "))
        + "; write --start \(example) with your own values, or ranges such as \(missing[0])=0.1..10")
  }

  private static func nearestToZero(_ bounds: ClosedRange<Double>?) -> Double {
    bounds.map { min(max(0, $0.lowerBound), $0.upperBound) } ?? 0
  }
}
