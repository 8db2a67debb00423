// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Explanations
import Foundation
import TabularData

/// `difftool explain`: the chain rule, operation by operation.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how the chain rule makes a derivative: every operation, forwards, backwards and path by path.",
    usage: "difftool explain (<formula> --at <name=value,…> | --model <model>) [<options>]",
    discussion: """
      Examples:
        difftool explain 'tanh(w*x+b)' --at w=-3,x=2,b=6.88
        difftool explain 'x^2*sin(y)' --at x=1,y=2 --wrt x --order 2
        difftool explain 'tanh(w*x+b)' --at w=-3,x=2,b=6.88 --steps
        difftool explain 'a*b+c' --at a=2,b=-3,c=10 --svg graph.svg
        difftool explain 'tanh(w*x+b)' --at w=-3,x=2,b=6.88 --mutate v1=sign
        difftool explain --model neuron --wrt w1,b

      Each row is one number: an input, or an operation on numbers above it.
      'df/d.' is its adjoint: how much the result moves with it, by the chain rule
      backwards. 'measured' is the same by moving that number a little and
      computing everything after it again. 'd./dx' is its tangent: how much it
      moves with the input x, by the chain rule forwards.

      --steps goes forwards and then backwards one operation at a time; Enter for
      the next, q to stop. --quiz hides each number and asks for it.
      --dot, --mermaid and --latex print the graph or the equations; --svg, --png
      and --pdf draw the graph with Graphviz; --html writes a page with the graph,
      steps and a slider for each input, that needs nothing else.

      --mutate NUMBER=KIND plants a wrong rule in one operation, as somebody may
      have written it: \(Mutation.allCases.map(\.argument).joined(separator: ", ")).
      The last line then names the first operation that is not what is measured.

      Exit codes: 0 explained, 1 the derivatives measured differ (a kink or a wrong
      rule), 2 a number is not finite, the function cannot be taken apart or a file not be
      written, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The formula, with --at; or give --model.", valueName: "formula"))
  var expression: String?

  @OptionGroup var problem: ProblemOptions

  @Option(
    help: ArgumentHelp(
      "The inputs to differentiate by, with commas between them (default: all, at most 6).",
      valueName: "names"))
  var wrt: String?

  @Option(parsing: .unconditional, help: "1, or 2 for second derivatives too.")
  var order = 1

  @Option(parsing: .unconditional, help: "The seed of a model's parameters and sample.", transform: Seeds.one)
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Make the derivative of one operation wrong, to see it found: v2=sign.", valueName: "number=kind"),
    transform: PlantedRule.init(argument:))
  var mutate: PlantedRule?

  @Flag(help: "One operation at a time.")
  var steps = false

  @Flag(help: "Hide the numbers and ask for them.")
  var quiz = false

  @Flag(help: "Print the graph in Graphviz's language.")
  var dot = false

  @Flag(help: "Print the graph in Mermaid's language.")
  var mermaid = false

  @Flag(help: "Print the equations in LaTeX.")
  var latex = false

  @Option(help: ArgumentHelp("Draw the graph into an SVG file.", valueName: "file"), completion: .file())
  var svg: String?

  @Option(help: ArgumentHelp("Draw the graph into a PNG file.", valueName: "file"), completion: .file())
  var png: String?

  @Option(help: ArgumentHelp("Draw the graph into a PDF file.", valueName: "file"), completion: .file())
  var pdf: String?

  @Option(help: ArgumentHelp("Write an interactive page.", valueName: "file"), completion: .file())
  var html: String?

  @Option(parsing: .unconditional, help: "How many operations and paths to show.")
  var limit = 60

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if order != 1, order != 2 { throw ValidationError("--order is 1 or 2") }
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    let forms = [("--dot", dot), ("--mermaid", mermaid), ("--latex", latex), ("--steps", steps), ("--quiz", quiz)]
      .filter(\.1).map(\.0)
    if forms.count > 1 { throw ValidationError("\(forms.joined(separator: " and ")) exclude each other; give one") }
    if let form = forms.first, output.format != .table {
      throw ValidationError("\(form) is a form of its own; leave --format \(output.format.rawValue) out")
    }
    for (name, path, suffix) in [("--svg", svg, ".svg"), ("--png", png, ".png"), ("--pdf", pdf, ".pdf")] {
      guard let path, !path.lowercased().hasSuffix(suffix), !path.hasPrefix("/dev/") else { continue }
      let dot = path.lastIndex(of: ".").flatMap { path[$0...].contains("/") ? nil : $0 } ?? path.endIndex
      let fits = ["svg", "png", "pdf"].first { path.lowercased().hasSuffix(".\($0)") }
      throw ValidationError(
        "\(name) writes \(suffix.dropFirst().uppercased()), and '\(path)' says something else; write "
          + (fits.map { "--\($0) \(path), or " } ?? "") + "\(name) \(path[..<dot])\(suffix)")
    }
    if mutate != nil, order == 2 {
      throw ValidationError(
        "--mutate plants a wrong first derivative, which second ones know nothing of; drop --order 2")
    }
    if let expression {
      if problem.formula != nil { throw ValidationError("the formula is given twice; leave --formula out") }
      problem.formula = expression
      try problem.validate()
    }
    try problem.requireSubject()
  }

  func run() throws {
    var options = problem
    if options.formula == nil, options.count == nil { options.count = 1 }
    let problem = try options.problem(seed: seed)
    let explanation = try explain(problem)
    if let bad = explanation.nodes.first(where: { !$0.value.isFinite }) {
      throw CommandError.runtime(
        "\(bad.name) = \(bad.expression) is \(NumberText.value(bad.value)) at this point, and nothing after it has a "
          + "derivative; choose another point")
    }
    var written: [String] = []
    for (path, format) in [(svg, "svg"), (png, "png"), (pdf, "pdf")] {
      guard let path else { continue }
      try AtomicFile.write(GraphRenderer().picture(of: explanation.dot, as: format), to: path)
      written.append(path)
    }
    if let html {
      try AtomicFile.write(ExplanationPage(explanation, title: title(problem)).text, to: html)
      written.append(html)
    }
    // The report says it itself; what is printed in its place is for other programs to read.
    if dot || mermaid || latex || steps || quiz {
      if !output.quiet, !written.isEmpty { Terminal.note("wrote \(written.joined(separator: ", "))") }
    }
    if dot || mermaid || latex {
      let text = dot ? explanation.dot : (mermaid ? explanation.mermaid : explanation.latex)
      try output.path.map { try AtomicFile.write(text + "\n", to: $0) } ?? Terminal.writeOutput(text + "\n")
      return
    }
    let walk = ExplanationWalk(explanation, style: output.style, width: output.width)
    if steps { return try walk.run() }
    if quiz { return try ExplanationQuiz(explanation, style: output.style, width: output.width).run() }
    try report(explanation, problem, written)
    if explanation.worstDisagreement != nil { throw ExitCode.disagreement }
  }

  private func explain(_ problem: Problem) throws -> Explanation {
    let names = problem.parameters.indices.map(problem.function.inputName)
    let wanted = wrt.map { NamedValues.names([$0]) }
    for name in wanted ?? [] where !names.contains(name) {
      throw CommandError.usage(
        "--wrt: there is no input '\(name)'\(UsageHint.didYouMean(name, names)); there are: "
          + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", … (\(names.count))" : ""))
    }
    guard case .field(let field) = problem.function.body else {
      throw CommandError.runtime("only a function given as code or as a formula can be taken apart")
    }
    do {
      return try Explanation(
        of: FieldAsVector(field), at: problem.parameters, names: names, outputName: Self.outputName(names),
        wrt: wanted ?? Array(names.prefix(6)), isSecondOrder: order == 2, planted: mutate,
        limits: Explanation.Limits(elides: self.problem.formula == nil))
    } catch let error as ExplanationError {
      if case .nothingToPlant = error { throw CommandError.usage("--mutate: \(error)") }
      throw error
    }
  }

  /// What the result is called.
  static func outputName(_ inputs: [String]) -> String { inputs.contains("f") ? "result" : "f" }

  private func title(_ problem: Problem) -> String {
    expression ?? self.problem.formula ?? problem.subject.model ?? ""
  }

  private func report(_ explanation: Explanation, _ problem: Problem, _ files: [String]) throws {
    let again = CommandLineText.again("explain", seed: self.problem.formula == nil ? seed : nil)
    var record = problem.options
    record["wrt"] = .list(explanation.directionNames)
    record["order"] = .integer(order)
    record["mutate"] = .optional(mutate.map { "\($0.node)=\($0.mutation.argument)" })
    record["limit"] = .integer(limit)
    if self.problem.formula == nil { record["seed"] = .seed(seed) }
    let text = ExplanationText(explanation, subject: problem.subject, limit: limit)
    try Report(
      payload: ExplanationPayload(explanation: explanation), options: record,
      seed: self.problem.formula == nil ? seed : nil,
      table: text.table(NumberText.exact, directions: explanation.directions.count),
      text: { style, width in text.text(again: again, files: files, style: style, width: width) },
      line: { style in text.line(style) }
    ).write(output, command: again)
  }
}

extension PlantedRule {
  /// As typed: `v2=sign`.
  fileprivate init(argument: String) throws {
    let pair = argument.split(separator: "=", maxSplits: 1).map(String.init)
    let kinds = Mutation.allCases.map(\.argument).joined(separator: ", ")
    guard pair.count == 2 else {
      throw ValidationError("'\(argument)' is not NUMBER=KIND; write v1=sign (kinds: \(kinds))")
    }
    guard let mutation = Mutation.allCases.first(where: { $0.argument == pair[1] }) else {
      throw ValidationError("no kind of wrong rule is called '\(pair[1])'; there are: \(kinds)")
    }
    self.init(node: pair[0], mutation: mutation)
  }
}

extension Mutation {
  /// As typed.
  var argument: String { words.replacing(" ", with: "-") }
}

/// A function Rⁿ → R as one with a single output.
private struct FieldAsVector: VectorFunction {
  let field: AnyScalarField
  init(_ field: AnyScalarField) { self.field = field }
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] { [try field(x)] }
}

/// The JSON of `explain`.
private struct ExplanationPayload: Encodable {
  let explanation: Explanation
  func encode(to encoder: any Encoder) throws { try explanation.encode(to: encoder) }
}
