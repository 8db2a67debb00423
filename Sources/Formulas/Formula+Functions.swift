// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// A formula as a function Rⁿ → R.
public struct FormulaField: ScalarField {
  /// The variables, in the order of the function's argument.
  public let variables: [String]
  let code: FormulaCode

  /// f(x), for an x of as many elements as there are variables.
  public func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    guard x.count == variables.count else {
      throw DifferentiationError.shape(
        what: "the formula's variables \(variables.joined(separator: ", "))", expected: "\(variables.count)",
        found: "\(x.count)")
    }
    return code.run(x[...], [])
  }
}

/// A formula as what one row of data adds to a sum: some of its variables are parameters, the others columns.
public struct FormulaTerm: SampleTerm {
  /// The parameters, in order.
  public let parameters: [String]
  /// The columns of a row, in order.
  public let columns: [String]
  let code: FormulaCode

  /// The value for one row.
  public func callAsFunction<S: DifferentiableScalar>(
    parameters: ArraySlice<S>, sample: ArraySlice<S>
  ) throws -> S {
    guard parameters.count == self.parameters.count, sample.count == columns.count else {
      throw DifferentiationError.shape(
        what: "the formula's parameters \(self.parameters.joined(separator: ", ")) and columns "
          + columns.joined(separator: ", "), expected: "\(self.parameters.count) and \(columns.count)",
        found: "\(parameters.count) and \(sample.count)")
    }
    return code.run(parameters, sample)
  }
}

/// A name that a formula has and that nobody knows, or the other way round.
public struct FormulaBindingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String
}

extension FormulaTree {
  /// The expression as a function of its variables in the given order; without one, in that of their appearance.
  ///
  /// - Throws: ``FormulaBindingError`` where it has a variable that is not among them.
  public func field(of variables: [String]? = nil) throws(FormulaBindingError) -> FormulaField {
    let names = variables ?? self.variables
    let code = try code(parameters: names, columns: [])
    return FormulaField(variables: names, code: code)
  }

  /// The expression over a row of data: parameters and columns by name. Names that it does not use may be among them.
  ///
  /// - Throws: ``FormulaBindingError`` where it has a variable that is in neither list, or a name is given twice.
  public func term(parameters: [String], columns: [String]) throws(FormulaBindingError) -> FormulaTerm {
    FormulaTerm(parameters: parameters, columns: columns, code: try code(parameters: parameters, columns: columns))
  }

  /// The value at plain numbers; nil where a variable has none.
  public func value(at values: [String: Double]) -> Double? {
    let names = variables
    let numbers = names.compactMap { values[$0] }
    guard numbers.count == names.count, let code = try? code(parameters: names, columns: []) else { return nil }
    return code.run(numbers[...], [])
  }

  private func code(parameters: [String], columns: [String]) throws(FormulaBindingError) -> FormulaCode {
    let known = parameters + columns
    let places = { (names: [String]) in Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first } }
    let parameterPlaces = places(parameters)
    let columnPlaces = places(columns)
    if Set(known).count < known.count {
      var seen: Set<String> = []
      let twice = known.first { !seen.insert($0).inserted } ?? ""
      throw FormulaBindingError(description: "the name '\(twice)' is given twice; give each variable one meaning")
    }
    for name in variables where parameterPlaces[name] == nil && columnPlaces[name] == nil {
      let hint = closestName(to: String(name.prefix(32)), among: known).map { " (did you mean '\($0)'?)" } ?? ""
      throw FormulaBindingError(
        description: "the formula's variable '\(name)' is not known\(hint); there are: \(known.joined(separator: ", "))"
      )
    }
    return FormulaCode(self, parameters: parameterPlaces, columns: columnPlaces)
  }

  /// The powers that need a base that is not negative, as text.
  public var realPowers: [String] {
    var found: [String] = []
    var starts: [Int] = []
    for (index, node) in nodes.enumerated() {
      let count = node.operandCount
      let operands = Array(starts.suffix(count)) + [index]
      starts.removeLast(count)
      starts.append(operands[0])
      guard node == .power || node == .call(.pow, count: 2) else { continue }
      let exponent = FormulaTree(nodes: Array(nodes[operands[1]..<index]))
      let isInteger = exponent.value(at: [:]).map { Int32(exactly: $0) != nil } ?? false
      // e^x is exp(x), and a base that is a positive number is one for good.
      let base = FormulaTree(nodes: Array(nodes[operands[0]..<operands[1]])).value(at: [:]) ?? -1
      if !isInteger, !(base >= 0) { found.append("\(FormulaTree(nodes: Array(nodes[operands[0]...index])))") }
    }
    return found
  }
}

extension Formula {
  /// The right side as a function of its variables in the given order; without one, in that of their appearance.
  ///
  /// - Throws: ``FormulaBindingError`` where it has a variable that is not among them.
  public func field(of variables: [String]? = nil) throws(FormulaBindingError) -> FormulaField {
    try right.field(of: variables)
  }
}
