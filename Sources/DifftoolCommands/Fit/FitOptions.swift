// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurveFitting
import DifferentiationCore

/// What is fitted, and how: the options of `fit`.
struct FitOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The curve; names that are columns are data, all others parameters: 'y = a*exp(-b*x) + c'.", valueName: "formula"
    ))
  var formula: String?

  @Option(
    help: ArgumentHelp("A built-in curve in place of a formula (difftool list curves).", valueName: "curve"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.curves.names })
  var model: String?

  @Option(help: ArgumentHelp("The column to fit, where the formula has no '='.", valueName: "column"))
  var target: String?

  @Option(help: ArgumentHelp("The columns of a built-in curve's predictors, in order.", valueName: "columns"))
  var inputs: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Starting values, or ranges for several starts: a=1,b=0.1..10.", valueName: "name=value,…"))
  var start: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many starts to try in the ranges (default: 20).", valueName: "count"))
  var starts: Int?

  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("Parameters to hold: c=0.", valueName: "name=value,…"))
  var fix: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Bounds, where a side may be left out: a=0..10,b=0..", valueName: "name=from..to,…"))
  var bounds: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Lower bounds: a=0.", valueName: "name=value,…"))
  var lower: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Upper bounds: a=10.", valueName: "name=value,…"))
  var upper: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A parameter that follows from others: 'b = 2*a'; may be repeated.", valueName: "name=formula"))
  var define: [String] = []

  @Option(help: ArgumentHelp("The column of standard deviations; say with --sigma-is which.", valueName: "column"))
  var sigma: String?

  @Option(
    help: ArgumentHelp(
      "absolute: in the unit of what is fitted, errors follow from them alone; relative: up to a factor.",
      valueName: "kind"))
  var sigmaIs: SigmaKind?

  @Option(help: ArgumentHelp("The column of weights, 1/sigma^2 up to a factor.", valueName: "column"))
  var weights: String?

  @Option(help: ArgumentHelp("The column that says how often each row was seen.", valueName: "column"))
  var counts: String?

  @Option(
    help: ArgumentHelp(
      "A loss that outliers weigh less in: huber, soft-l1 or cauchy, with the residual's scale: huber:scale=0.5.",
      valueName: "loss"))
  var robust: String?

  @Option(
    help: "What to do with rows whose cells are empty or NA, N/A, NaN, null, ?.")
  var missing: MissingChoice = .refuse

  @Option(
    help: ArgumentHelp("The method of differentiation (default: exact, by dual numbers).", valueName: "method"),
    completion: .custom { _, _, _ in DifftoolEnvironment.registry.differentiators.names })
  var method: String?

  @Option(parsing: .unconditional, help: "The probability of intervals and bands.")
  var confidence = 0.95

  @Flag(help: "Find profile-likelihood intervals too: some tens of fits a parameter.")
  var profile = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most iterations of the trust region; the Newton steps that finish the fit are not counted.",
      valueName: "count"))
  var iterations = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A fit of fewer digits is not called converged.", valueName: "digits"))
  var digits = 6.0

  mutating func validate() throws {
    guard formula != nil || model != nil else {
      throw ValidationError("give --formula 'y = a*exp(-b*x) + c', or --model NAME (difftool list curves)")
    }
    if formula != nil, model != nil { throw ValidationError("--formula and --model exclude each other; give one") }
    if formula != nil, inputs != nil {
      throw ValidationError("--inputs belongs to --model; a formula names its columns itself")
    }
    if [sigma, weights, counts].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--sigma, --weights and --counts exclude each other; give one of them")
    }
    if sigma != nil, sigmaIs == nil {
      throw ValidationError(
        "say what --sigma means: --sigma-is absolute (in the unit of what is fitted: standard errors follow from it "
          + "alone), or --sigma-is relative (up to a factor that is taken from the residuals)")
    }
    if sigma == nil, sigmaIs != nil { throw ValidationError("--sigma-is belongs to --sigma; name its column") }
    if let starts, starts < 2 { throw ValidationError("--starts must be at least 2") }
    guard confidence > 0, confidence < 1 else { throw ValidationError("--confidence must be between 0 and 1") }
    if iterations < 1 { throw ValidationError("--iterations must be at least 1") }
    guard digits >= 0, digits <= 15 else { throw ValidationError("--digits must be from 0 to 15") }
  }
}

/// `--sigma-is`.
enum SigmaKind: String, ExpressibleByArgument, CaseIterable {
  case absolute, relative
}

/// `--missing`.
enum MissingChoice: String, ExpressibleByArgument, CaseIterable {
  case refuse, skip
}
