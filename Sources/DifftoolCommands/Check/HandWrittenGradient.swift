// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Formulas

/// `--hand-written`: somebody's own derivatives of a formula, one formula for each of its variables.
struct HandWrittenGradient {
  private let variables: [String]
  private let derivatives: [Formula]

  /// The derivatives as typed, for a problem that is a formula.
  init(_ texts: [String], _ problem: Problem) throws {
    let option = "--hand-written"
    let variables = problem.function.inputs?.names ?? []
    let example = variables.map { "\($0)=…" }.joined(separator: ",")
    let items = try NamedValues.items(texts, option: option, example: example)
    for item in items where !variables.contains(item.name) {
      throw CommandError.usage(
        "\(option): the formula has no variable '\(item.name)'\(UsageHint.didYouMean(item.name, variables)); it has: "
          + variables.joined(separator: ", "))
    }
    let missing = variables.filter { name in !items.contains { $0.name == name } }
    guard missing.isEmpty else {
      throw CommandError.usage(
        "\(option): no derivative by \(missing.joined(separator: ", ")); write \(option) '\(example)' with a formula for each"
      )
    }
    self.variables = variables
    derivatives = try variables.map { name in
      let formula = try NamedValues.formula(items.first { $0.name == name }?.text ?? "", option: "\(option): \(name)")
      guard formula.left == nil else {
        throw CommandError.usage("\(option): \(name) is given by an equation; give the right side only")
      }
      if let stranger = formula.right.variables.first(where: { !variables.contains($0) }) {
        throw CommandError.usage(
          "\(option): the derivative by \(name) has '\(stranger)', which the formula has not"
            + "\(UsageHint.didYouMean(stranger, variables)); it has: \(variables.joined(separator: ", "))")
      }
      return formula
    }
  }

  /// The gradient as a row.
  var rows: TargetFunction.HandWritten {
    let (names, formulas) = (variables, derivatives.map(\.right))
    return { x in
      let point = Dictionary(zip(names, x)) { a, _ in a }
      return [formulas.map { $0.value(at: point) ?? .nan }]
    }
  }
}
