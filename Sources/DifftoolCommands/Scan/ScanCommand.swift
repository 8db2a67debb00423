// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Explanations
import FiniteDifferences
import Formulas
import Plotting

/// `difftool scan`: the error of difference quotients against their step.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Show how far difference quotients are off for every step, and which step is best.",
    usage: "difftool scan <formula> --at <name=value,…> [<options>]",
    discussion: """
      Examples:
        difftool scan 'x^3' --at x=2
        difftool scan 'exp(x)*sin(y)' --at x=1,y=2 --wrt y
        difftool scan 'x^3' --at x=2 --plot -
        difftool scan 'x^3' --at x=2 --plot scan.svg
        difftool scan 'x^3' --at x=2 --format csv --output scan.csv

      Too long a step truncates the series: the error falls with h, h^2 or h^4.
      Too short a step leaves only rounding: the error rises as 1/h. 'order' is the
      power as measured. The errors are against the derivative by dual numbers;
      h = 1e-12 is the step of the teaching documents.

      Exit codes: 0 shown, 2 the function has no derivative there or gnuplot
      failed, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The formula.", valueName: "formula"))
  var expression: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The formula's variables: x=2,y=pi/4.", valueName: "name=value,…"))
  var at: [String] = []

  @Option(help: ArgumentHelp("The variable to differentiate by (default: the first).", valueName: "name"))
  var wrt: String?

  @Option(parsing: .unconditional, help: "The smallest step.")
  var from = 1e-16

  @Option(parsing: .unconditional, help: "The largest step.")
  var to = 1.0

  @Option(parsing: .unconditional, help: "How many steps for a factor of ten.")
  var perDecade = 4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Draw the errors into a file (.svg, .png); - is the terminal.", valueName: "file"),
    completion: .file())
  var plot: String?

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if !(from > 0 && to.isFinite && from < to) {
      throw ValidationError("--from and --to are steps above 0, the smaller first")
    }
    if !(1...100).contains(perDecade) { throw ValidationError("--per-decade must be from 1 to 100") }
    if plot == "-", output.format != .table { throw ValidationError("--plot belongs to --format table") }
  }

  func run() throws {
    let problem = try FormulaProblem(text: expression, at: at).problem()
    let names = problem.parameters.indices.map(problem.function.inputName)
    let name = wrt ?? names[0]
    guard let index = names.firstIndex(of: name) else {
      throw CommandError.usage(
        "--wrt: the formula has no variable '\(name)'\(UsageHint.didYouMean(name, names)); it has: "
          + names.joined(separator: ", "))
    }
    guard case .field(let field) = problem.function.body else { return }
    let scan = try StepScan(
      of: Slice(field: field, point: problem.parameters, index: index), at: problem.parameters[index], from: from...to,
      perDecade: perDecade)
    guard scan.derivative.isFinite, !scan.isKink else {
      throw CommandError.runtime(
        "the derivative by \(name) at \(name) = \(NumberText.value(scan.x)) is "
          + (scan.isKink ? "another on the left than on the right" : NumberText.value(scan.derivative)) + ": there is "
          + "nothing to compare quotients with; choose another point")
    }
    let adaptive = try FiniteDifference().gradient(of: problem.function, at: problem.parameters)
    let found = AdaptiveQuotient(
      value: adaptive.gradient[index], error: (adaptive.gradient[index] - scan.derivative).magnitude,
      estimate: adaptive.gradientErrors?[index] ?? .nan, evaluations: adaptive.evaluations)
    let words = ScanText(
      scan: scan, adaptive: found, formula: problem.subject.formula ?? expression, variable: name,
      place: problem.subject.place)
    let renderer: PlotRenderer?
    do { renderer = try plot.map { _ in try PlotRenderer() } } catch let error as PlotError {
      throw CommandError.runtime("--plot: \(error.description)")
    }
    let picture = plot == "-" ? nil : plot
    if let picture { try renderer?.write(words.plot, to: picture) }
    let drawn = try plot == "-" ? renderer?.text(of: words.plot, columns: min(output.width, 100), lines: 26) : nil
    let again = CommandLineText.again("scan", seed: nil)
    var options = problem.options
    options["formula"] = .text(expression)
    options["wrt"] = .text(name)
    options["from"] = .number(from)
    options["to"] = .number(to)
    options["per-decade"] = .integer(perDecade)
    try Report(
      payload: ScanPayload(scan: scan, adaptive: found, variable: name), options: options, table: words.exactTable,
      text: { style, width in words.text(drawn, picture: picture, again: again, style: style, width: width) },
      line: { _ in words.line }
    ).write(output, command: again)
  }
}

/// A function of one of a point's coordinates, the others held.
private struct Slice: UnivariateFunction {
  let field: AnyScalarField
  let point: [Double]
  let index: Int

  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S {
    try field(point.indices.map { $0 == index ? x : S(point[$0]) })
  }
}

/// What the searched step comes to.
struct AdaptiveQuotient: Encodable {
  let value: Double
  let error: Double
  let estimate: Double
  let evaluations: Int
}

/// The JSON of `scan`.
private struct ScanPayload: Encodable {
  let scan: StepScan
  let adaptive: AdaptiveQuotient
  let variable: String

  private enum Key: String, CodingKey { case adaptive, variable }

  func encode(to encoder: any Encoder) throws {
    try scan.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(adaptive, forKey: .adaptive)
    try container.encode(variable, forKey: .variable)
  }
}
