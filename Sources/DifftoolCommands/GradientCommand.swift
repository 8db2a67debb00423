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
        difftool gradient --model line --data document-004-y3x --at m=0.9,c=-0.2
        difftool gradient --model mlp --format csv --output gradient.csv
        difftool gradient --model neuron --method all
        difftool gradient --formula 'a*exp(-b*x)' --at a=2,b=0.5,x=3
        difftool gradient --model line --method tape,finite-difference:h=1e-12

      Columns: one a method; '±' is that method's own error estimate, in CSV and
      Markdown the column 'NAME error'. Numbers in JSON and CSV are exact. `difftool check` says whether the methods agree;
      this command only shows them (by the tape, where no method is named).

      Exit codes: 0 shown, 2 a derivative is not finite, or a method or the data
      failed, 64 wrong usage.
      """)

  @OptionGroup var problem: ProblemOptions
  @OptionGroup var methods: MethodSelection

  @Option(parsing: .unconditional, help: "The seed of parameters and samples.", transform: Seeds.one)
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "How many components to show.")
  var limit = 40

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    try problem.requireSubject()
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    try WrittenFiles(output: output.path).requireApart(from: [problem.samples.data])
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
    var options = problem.options
    options["method"] = .list(columns.map(\.result.method))
    options["seed"] = .seed(seed)
    options["limit"] = .integer(limit)
    let report = Report(
      payload: payload, options: options, seed: seed, table: payload.exactTable,
      text: { style, width in payload.text(again: again, limit: limit, style: style, width: width) },
      line: { style in
        payload.notFinite.map { "\(style.failure(style.bad)) \($0)" }
          ?? "value \(NumberText.exact(columns.first?.result.value.first ?? .nan)), largest component "
          + NumberText.value(columns.first?.result.gradient.map(\.magnitude).max() ?? 0, digits: 10)
      })
    try report.write(output, command: again)
    if let notFinite = payload.notFinite {
      // Where the form of the output has no place for words.
      if output.format != .table { Terminal.note("note: \(notFinite)") }
      throw ExitCode.runtimeFailure
    }
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
  var components: [Component]

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

  /// Which components by which methods are not finite; nil where all are.
  var notFinite: String? {
    let parts = methods.compactMap { method -> String? in
      let bad = components.filter { $0.derivatives[method.name]?.isFinite == false }
      guard let first = bad.first, let value = first.derivatives[method.name] else { return nil }
      return "\(method.name) gives \(NumberText.value(value)) for \(first.parameter)"
        + (bad.count > 1 ? " and \(bad.count - 1) more of \(components.count)" : "")
    }
    if !value.isFinite {
      let also = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
      return
        "not finite: the value itself is \(NumberText.value(value)) at this point, and no derivative means anything\(also)"
    }
    return parts.isEmpty ? nil : "not finite: " + parts.joined(separator: ", ")
  }

  /// In full, each column with a name of its own.
  var exactTable: TextTable { table(NumberText.exact, error: NumberText.exact) { "\($0) error" } }

  func table(
    _ number: (Double) -> String, error: (Double) -> String = NumberText.error,
    errorTitle: (String) -> String = { _ in "±" }
  ) -> TextTable {
    var titles = ["parameter", ">at"]
    for method in methods {
      titles.append(">\(method.name)")
      if components.contains(where: { $0.errors[method.name] != nil }) { titles.append(">\(errorTitle(method.name))") }
    }
    let rows = components.map { component in
      var row = [component.parameter, number(component.at)]
      for method in methods {
        row.append(component.derivatives[method.name].map(number) ?? "")
        if components.contains(where: { $0.errors[method.name] != nil }) {
          row.append(component.errors[method.name].map(error) ?? "")
        }
      }
      return row
    }
    return TextTable(titles, rows: rows)
  }

  /// One row a component and one a method in it: for more methods than fit side by side.
  private func longTable(_ number: (Double) -> String) -> TextTable {
    TextTable(
      ["parameter", ">at", "method", ">derivative", ">±"],
      rows: components.flatMap { component in
        methods.enumerated().map { index, method in
          [
            index == 0 ? component.parameter : "", index == 0 ? number(component.at) : "", method.name,
            component.derivatives[method.name].map(number) ?? "",
            component.errors[method.name].map(NumberText.error) ?? "",
          ]
        }
      })
  }

  /// The first components with as many digits as fit the lines; the methods below each other where not even six do.
  private func shown(limit: Int, width: Int) -> TextTable {
    var part = self
    part.components = Array(components.prefix(limit))
    for isLong in [false, true] {
      for digits in (6...17).reversed() {
        let number = { digits == 17 ? NumberText.shortest($0) : NumberText.value($0, digits: digits) }
        let table = isLong ? part.longTable(number) : part.table(number)
        if table.text(width: .max).split(separator: "\n").allSatisfy({ $0.count <= width }) { return table }
      }
    }
    return part.longTable { NumberText.value($0) }
  }

  func text(again: CommandLineText, limit: Int, style: TextStyle, width: Int) -> String {
    var lines = subject.lines(width: width, style: style)
    lines += ["value \(NumberText.exact(value))", ""]
    lines.append(shown(limit: limit, width: width).text(width: width, style: style))
    let all = components.count
    if all > limit { lines.append("and \(all - limit) more (--limit \(all))") }
    if let notFinite {
      lines += [""] + wrapped("\(style.bad) \(notFinite)", width: width, indent: 0).map(style.failure)
    }
    lines += ["", style.faint(again.lines("again:", width: width))]
    return lines.joined(separator: "\n")
  }
}
