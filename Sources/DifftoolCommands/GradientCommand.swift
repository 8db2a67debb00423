// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore

/// `difftool gradient`: the derivative of a model's loss at given parameters, by any methods side by side.
struct GradientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradient",
    abstract: "Show a gradient at given parameters, by one method or by several side by side.",
    discussion: """
      Examples:
        difftool gradient --model line --data document-004-y3x --at m=0.9422,c=-0.291
        difftool gradient --model mlp --method tape --format csv --output gradient.csv
        difftool gradient --model neuron:activation=identity --method tape --method finite-difference:h=1e-12,order=1

      Columns: one a method; '±' is that method's own error estimate. Numbers in JSON and CSV are exact.
      `difftool check` says whether the methods agree; this command only shows them.
      """)

  @OptionGroup var problem: ProblemOptions
  @OptionGroup var methods: MethodSelection

  @Option(help: "The seed of parameters and samples.")
  var seed: UInt64 = 0

  @Option(help: "How many components to show.")
  var limit = 40

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let problem = try problem.problem(seed: seed)
    let clock = ContinuousClock()
    var columns: [GradientColumn] = []
    for method in try methods.differentiators(default: ["tape"]) {
      let start = clock.now
      let result = try method.gradient(of: problem.function, at: problem.parameters)
      columns.append(GradientColumn(result: result, seconds: (clock.now - start) / .seconds(1)))
    }
    let payload = GradientPayload(problem: problem, columns: columns)
    let again = CommandLineText.again("gradient", seed: seed)
    let report = Report(
      payload: payload, seed: seed, table: payload.table(NumberText.exact),
      text: { style, width in payload.text(again: again, limit: limit, style: style, width: width) },
      line: { _ in
        "value \(NumberText.exact(columns.first?.result.value.first ?? .nan)), largest component "
          + NumberText.value(columns.first?.result.gradient.map(\.magnitude).max() ?? 0, digits: 10)
      })
    try report.write(output, command: again)
    if columns.contains(where: { !$0.result.gradient.allSatisfy(\.isFinite) }) { throw ExitCode.runtimeFailure }
  }
}

/// One method's gradient.
private struct GradientColumn {
  let result: DerivativeResult
  let seconds: Double
}

/// The JSON of `gradient`.
private struct GradientPayload: Encodable {
  let value: Double
  let subject: CheckSubject
  let methods: [Method]
  let components: [Component]

  struct Method: Encodable {
    let name: String
    let evaluations: Int
    let seconds: Double
  }

  struct Component: Encodable {
    let parameter: String
    let at: Double
    let derivatives: [String: Double]
    let errors: [String: Double]
  }

  init(problem: Problem, columns: [GradientColumn]) {
    value = columns.first?.result.value.first ?? .nan
    subject = problem.subject
    methods = columns.map {
      Method(name: $0.result.method, evaluations: $0.result.evaluations, seconds: $0.seconds)
    }
    components = problem.parameters.indices.map { i in
      let pairs = columns.map { ($0.result.method, $0.result.gradient[i]) }
      let errors = columns.compactMap { column in column.result.gradientErrors.map { (column.result.method, $0[i]) } }
      return Component(
        parameter: problem.function.inputName(i), at: problem.parameters[i],
        derivatives: Dictionary(pairs) { a, _ in a }, errors: Dictionary(errors) { a, _ in a })
    }
  }

  func table(_ number: (Double) -> String) -> TextTable {
    var titles = ["parameter", ">at"]
    for method in methods {
      titles.append(">\(method.name)")
      if components.contains(where: { $0.errors[method.name] != nil }) { titles.append(">±") }
    }
    let rows = components.map { component in
      var row = [component.parameter, number(component.at)]
      for method in methods {
        row.append(component.derivatives[method.name].map(number) ?? "")
        if components.contains(where: { $0.errors[method.name] != nil }) {
          row.append(component.errors[method.name].map(NumberText.error) ?? "")
        }
      }
      return row
    }
    return TextTable(titles, rows: rows)
  }

  func text(again: String, limit: Int, style: TextStyle, width: Int) -> String {
    var lines = subject.lines(width: width, style: style)
    lines += ["value \(NumberText.exact(value))", ""]
    // As many digits as fit the lines.
    var shown = table { NumberText.value($0, digits: 17) }
    for digits in (6..<17).reversed() {
      let longest = shown.text(width: .max).split(separator: "\n").map(\.count).max() ?? 0
      if longest <= width { break }
      shown = table { NumberText.value($0, digits: digits) }
    }
    let all = shown.rows.count
    shown.rows = Array(shown.rows.prefix(limit))
    lines.append(shown.text(width: width, style: style))
    if all > limit { lines.append("and \(all - limit) more (--limit \(all))") }
    lines += ["", style.faint("again: \(again)")]
    return lines.joined(separator: "\n")
  }
}
