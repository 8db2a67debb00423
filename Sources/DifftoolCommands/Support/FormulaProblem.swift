// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Formulas

/// `--formula` with `--at`: a formula at a point.
struct FormulaProblem {
  let text: String
  let at: [String]

  /// The problem: the right side of an equation whose left side is a name, or the whole.
  func problem() throws -> Problem {
    let formula = try NamedValues.formula(text, option: "--formula")
    if let left = formula.left, left.variable == nil {
      throw CommandError.usage(
        "--formula: an equation with '\(left)' on its left is not a function; give one side, or a name on the left")
    }
    let variables = formula.right.variables
    guard !variables.isEmpty else {
      throw CommandError.usage(
        "--formula: '\(formula.right)' has no variables, so there is nothing to differentiate by")
    }
    let point = try self.point(variables)
    let field = try formula.field()
    let subject = CheckSubject(
      formula: formula.description, at: Dictionary(zip(variables, point)) { a, _ in a },
      order: try NamedValues.items(at, option: "--at").map(\.name), parameters: variables.count)
    return Problem(
      function: TargetFunction(field, inputs: ParameterLayout(names: variables)), parameters: point, subject: subject,
      options: ["formula": .text(text), "at": .list(at)], draw: { _ in point })
  }

  /// A value for each variable, and for nothing else.
  private func point(_ variables: [String]) throws -> [Double] {
    let items = try NamedValues.items(at, option: "--at", example: "\(variables[0])=1")
    for item in items where !variables.contains(item.name) {
      throw CommandError.usage(
        "--at: the formula has no variable '\(item.name)'\(UsageHint.didYouMean(item.name, variables)); it has: "
          + variables.joined(separator: ", "))
    }
    let missing = variables.filter { name in !items.contains { $0.name == name } }
    guard missing.isEmpty else {
      throw CommandError.usage(
        "--at: no value for \(missing.joined(separator: ", ")); write --at "
          + variables.map { name in "\(name)=\(items.first { $0.name == name }?.text ?? "1")" }.joined(separator: ","))
    }
    return try variables.map { name in
      try NamedValues.number(items.first { $0.name == name }?.text ?? "", option: "--at", name: name)
    }
  }
}
