// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Explanations

extension CheckReport {
  /// The operation at which the methods part, where they disagree and the function's code can be written down.
  func parting(of problem: Problem, methods: [any Differentiator], rule: ToleranceRule) -> FirstParting? {
    guard verdict == .disagree || (verdict == .notFinite && comparisons > 0) else { return nil }
    let parameter = findings.first(where: \.breaksAgreement)?.parameter ?? worst?.parameter
    guard let parameter, let function = problem.function.vectorFunction else { return nil }
    // A derivative written by hand comes first, and says nothing of single operations.
    let taking = zip(self.methods.suffix(methods.count), methods).filter { report, _ in
      report.participation == .compared || report.participation == .screened
    }
    let names = problem.parameters.indices.map(problem.function.inputName)
    return FirstParting(
      of: function, at: problem.parameters, names: names, by: parameter,
      outputName: ExplainCommand.outputName(names), methods: taking.map { ($0.name, $1) }, rule: rule,
      elides: problem.subject.formula == nil)
  }
}

extension FirstParting {
  /// One sentence for people.
  var text: String {
    // Who agrees, together; the largest group first.
    let groups = Dictionary(grouping: derivatives.keys.sorted()) {
      NumberText.value(derivatives[$0] ?? .nan, digits: 8)
    }
    let values = groups.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
      .map { "\($0.key) by \($0.value.joined(separator: " and "))" }.joined(separator: ", ")
    if operation == "input" {
      return "they part at the input \(node) itself: d\(node)/d\(input) is \(values); not one operation is wrong, but "
        + "all that the method makes of it"
    }
    let made = operands.keys.sorted().joined(separator: " and ")
    return "they part at \(node) = \(operation): d\(node)/d\(input) is \(values); they agree on "
      + (operands.count > 2 ? "all that it is made of" : made)
  }
}

extension ProblemOptions {
  /// The command that shows every operation of what was checked; nil where it would show another point.
  func explaining(_ run: CheckRun) -> CommandLineText? {
    guard run.subject.draw == nil, (run.parting?.operations ?? 0) <= Self.longest else { return nil }
    if let formula {
      let words = ["difftool", "explain", formula] + at.flatMap { ["--at", $0] }
      return CommandLineText(run.parting.map { words + ["--wrt", $0.input] } ?? words)
    }
    guard let model, let parting = run.parting, samples.data != "-" else { return nil }
    var words = ["difftool", "explain", "--model", model]
    let given: [(String, String?)] = [
      ("--loss", loss.loss), ("--reduction", loss.reduction?.rawValue), ("--data", samples.data),
      ("--target", samples.target), ("--inputs", samples.inputs), ("--task", samples.task?.rawValue),
      ("--scale", samples.scale?.rawValue), ("--init", givenInitializer), ("--samples", "\(run.subject.samples ?? 1)"),
      ("--seed", "\(run.seed)"), ("--wrt", parting.input),
    ]
    for (name, value) in given { words += value.map { [name, $0] } ?? [] }
    words += loss.penalty.flatMap { ["--penalty", $0] } + at.flatMap { ["--at", $0] }
    return CommandLineText(words)
  }

  /// So many operations fit on a screen that somebody reads.
  private static var longest: Int { 2000 }
}
