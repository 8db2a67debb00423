// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurveFitting
import Differentiation
import DifferentiationCore
import Formulas
import Foundation
import Plotting
import TabularData

/// `difftool fit`: a curve through data, with standard errors and the digits that can be trusted.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a formula or a built-in curve to a file, and say how many digits are good.",
    discussion: """
      Examples:
        difftool fit decay.csv --formula 'y = a*exp(-b*x) + c' --start a=1,b=0.1,c=0
        difftool fit decay.csv --model exponential-decay --plot fit.svg
        difftool fit peaks.csv --formula 'y = h*exp(-((x-m)/s)^2)' \\
          --start h=1..100,m=0..10,s=0.1..5 --starts 50
        difftool fit data.csv --formula 'log(y) = b1 - b2*x1*exp(-b3*x2)' \\
          --start b1=2,b2=0.0001,b3=-0.01 --sigma err --sigma-is absolute
        difftool fit - --formula 'y = a + b*x' --start a=0,b=0 < data.csv

      Names in a formula that are columns of the file are data, all others are
      parameters; a name with spaces is written in backquotes. 'log' is the
      natural logarithm. A formula that is linear in its parameters needs no start.

      The fit ends with Newton's method and exact second derivatives; the length
      of its last step says to how many digits the parameters are the minimum's.
      A fit of fewer than --digits is not called converged.

      '±' is the standard error. Intervals are value ± t · error; with --profile
      also by the likelihood. CSV and Markdown have one row a parameter; with
      --predict and --predictions the predicted rows go to a file of their own;
      'difftool predict fit.json new.csv' predicts later, from --save fit.json.
      -v adds all correlations, statistics, and what the fit did.

      Ctrl-C ends the fit with what is finished: the starts and the profile
      intervals so far.

      Exit codes: 0 converged, 1 not converged, 2 the data or the tool failed, 64
      wrong usage, 130 interrupted.
      """)

  @Argument(help: ArgumentHelp("The CSV file; - is standard input.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var fit: FitOptions

  @Option(
    help: ArgumentHelp(
      "Predict the rows of another CSV file, with bands; where the fit has --sigma or --weights, with that column.",
      valueName: "file"), completion: .file())
  var predict: String?

  @Option(help: ArgumentHelp("Write the predictions to a CSV file.", valueName: "file"), completion: .file())
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "Draw data, curve, bands and residuals with gnuplot: a file .svg or .png, or - for the terminal.",
      valueName: "file"), completion: .file())
  var plot: String?

  @Option(help: ArgumentHelp("Write the result as JSON to a file.", valueName: "file"), completion: .file())
  var save: String?

  @Option(parsing: .unconditional, help: "The seed of several starts.", transform: Seeds.one)
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "How many predictions to show.")
  var limit = 20

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    if predictions != nil, predict == nil { throw ValidationError("--predictions needs --predict: which rows?") }
    if predict == "-", file == "-" {
      throw ValidationError("standard input can be read once; give a file for one of them")
    }
    if let plot, plot != "-", PlotFormat(path: plot) == nil {
      throw ValidationError(
        "--plot: '\(plot)' is neither .svg nor .png; name the file fit.svg, or give - for the terminal")
    }
    if plot == "-", output.format != .table || output.path != nil {
      throw ValidationError("--plot - draws below the table; leave --format and --output out, or give a file")
    }
    let written = [predictions, save, output.path, plot].compactMap { $0 }.filter { $0 != "-" }
    for (index, path) in written.enumerated() {
      if written[..<index].contains(path) || [file, predict].contains(path) {
        throw ValidationError("'\(path)' is named twice; give each file a name of its own")
      }
    }
  }

  func run() throws {
    // Before the work: a picture that cannot be drawn.
    let renderer: PlotRenderer?
    do { renderer = try plot.map { _ in try PlotRenderer() } } catch let error as PlotError {
      throw CommandError.runtime("--plot: \(error.description)")
    }
    let plan = try FitPlan(fit, path: file, seed: seed)
    let interrupt = InterruptFlag("ending the fit")
    let result = try plan.run(interrupt.flag)
    let curve = plan.fit.curve
    let predicted = try predict.map {
      try FitPredictions(
        curve, result, path: $0, sigma: SigmaColumn(sigma: fit.sigma, weights: fit.weights), option: "--predict")
    }
    let payload = FitPayload(
      result: result, equation: plan.equation, data: plan.file.source, predictors: curve.predictors,
      response: curve.response, predictions: predicted?.rows)
    let again = CommandLineText.again("fit", seed: seed)
    let words = FitReport(
      payload: payload, predictions: predicted, again: again, limit: limit, isVerbose: output.verbose)
    let picture = try plot.map { _ in try FitPlot(plan, result).plot }
    let terminalPlot = try plot == "-" ? renderer.flatMap { r in try picture.map { try terminal($0, r) } } : nil
    let report = Report(
      payload: payload, options: record(result), seed: seed, table: payload.table,
      text: { style, width in words.text(style, width) + (terminalPlot.map { "\n\n" + $0 } ?? "") },
      line: words.lineWithParameters)
    if let save { try report.save(to: save, command: again) }
    if let predicted, let predictions {
      try AtomicFile.write(predicted.table(curve.response, NumberText.exact).csv + "\n", to: predictions)
    }
    if let picture, let renderer, let plot, plot != "-" { try renderer.write(picture, to: plot) }
    try report.write(output, command: again)
    if output.format != .table || output.quiet, let note = predicted?.note { Terminal.note("note: \(note)") }
    if interrupt.flag.isRaised { throw ExitCode.interrupted }
    if !result.status.isSuccess {
      if output.format != .table { Terminal.note("note: \(words.line(.plain))") }
      throw result.status == .failed ? ExitCode.runtimeFailure : ExitCode.disagreement
    }
  }

  private func terminal(_ plot: Plot, _ renderer: PlotRenderer) throws -> String {
    let text = try renderer.text(of: plot, columns: min(output.width, 120) - 1, lines: 30)
    return output.style.text(text)
  }

  /// The options after defaults.
  private func record(_ result: FitResult) -> OptionRecord {
    var record: OptionRecord = [
      "file": .text(file), "start": .list(fit.start), "fix": .list(fit.fix), "bounds": .list(fit.bounds),
      "lower": .list(fit.lower), "upper": .list(fit.upper), "define": .list(fit.define),
      "missing": .text(fit.missing.rawValue), "method": .text(result.method), "confidence": .number(fit.confidence),
      "profile": .flag(fit.profile), "iterations": .integer(fit.iterations), "digits": .number(fit.digits),
      "seed": .seed(seed), "limit": .integer(limit),
    ]
    record["formula"] = .optional(fit.formula)
    record["model"] = .optional(fit.model)
    record["target"] = .optional(fit.target)
    record["inputs"] = .optional(fit.inputs)
    record["starts"] = fit.starts.map { .integer($0) }
    record["sigma"] = .optional(fit.sigma)
    record["sigma-is"] = .optional(fit.sigmaIs?.rawValue)
    record["weights"] = .optional(fit.weights)
    record["counts"] = .optional(fit.counts)
    record["robust"] = .optional(fit.robust)
    record["predict"] = .optional(predict)
    record["predictions"] = .optional(predictions)
    record["plot"] = .optional(plot)
    record["save"] = .optional(save)
    return record
  }
}

extension FitPlan {
  /// The fit; an error of the library as one of the command line, with the row's line.
  func run(_ flag: InterruptFlag.Flag) throws -> FitResult {
    let line = FitProgressLine()
    let starts = fit.multistart?.count ?? 1
    var fit = fit
    fit.progress = { line.show($0, starts: starts) }
    fit.isCancelled = { flag.isRaised }
    defer { line.finish() }
    do { return try fit.run() } catch is CancellationError {
      // So that the fit can be taken up again.
      if let last = line.finish() {
        let free = fit.curve.parameters.filter { name in
          fit.fixed[name] == nil && !fit.expressions.contains { $0.parameter == name }
        }
        let point = zip(free, last.parameters).map { "\($0)=\($1)" }.joined(separator: ",")
        Terminal.note("interrupted in iteration \(last.iteration); no start is finished. To go on: --start \(point)")
      }
      throw ExitCode.interrupted
    } catch let error as CurveFitError {
      switch error {
      case .missingStart, .unknownName, .invalidParameter, .invalidOption:
        throw CommandError.usage(error.description)
      case .badNumber(_, let row, _), .badWeight(_, let row, _):
        throw CommandError.runtime("\(file.source):\(lines[row - 1]): \(error.description)")
      case .notFiniteAtStart(let row, _, _):
        throw CommandError.runtime("\(file.source):\(lines[row - 1]): \(error.description)\(domains)")
      default: throw CommandError.runtime(error.description)
      }
    }
  }

  /// Which powers need a base that is not negative, for a curve that has no value.
  private var domains: String {
    guard let formula = try? Formula(equation), !formula.right.realPowers.isEmpty else { return "" }
    return "; \(formula.right.realPowers.joined(separator: ", ")) needs a base that is not negative"
  }
}
