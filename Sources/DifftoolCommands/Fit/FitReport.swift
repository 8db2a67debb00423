// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import Foundation

/// A fit for people.
struct FitReport {
  let payload: FitPayload
  let predictions: FitPredictions?
  let again: CommandLineText
  let limit: Int
  let isVerbose: Bool

  private var result: FitResult { payload.result }

  /// The verdict in one line, with the digits.
  func line(_ style: TextStyle) -> String {
    let verdict = style.text(verdict)
    let mark =
      result.status.isSuccess
      ? style.success("\(style.good) \(result.status.words)") : style.failure("\(style.bad) \(result.status.words)")
    return "\(mark): \(verdict)"
  }

  /// The verdict with the parameters: what `-q` leaves.
  func lineWithParameters(_ style: TextStyle) -> String {
    let values = result.parameters.map { parameter in
      "\(parameter.name) = \(NumberText.value(parameter.value, digits: 9))"
        + (parameter.standardError.map { " ± \(NumberText.value($0, digits: 3))" } ?? "")
    }
    return line(style) + "; " + style.text(values.joined(separator: ", "))
  }

  private var verdict: String {
    let digits = Self.digits(result.digits)
    let effort = "\(counted(result.iterations, "iteration")), \(counted(result.newtonSteps, "Newton step"))"
    switch result.status {
    case .converged, .atBound: return "the minimum is found to \(digits) digits (\(effort))"
    case .singular: return "the data do not determine all parameters (\(effort))"
    default: return "the minimum is found to \(digits) digits only (\(effort))"
    }
  }

  /// `2*a`, ` - b`: one summand of a combination.
  private static func summand(_ factor: Double, _ name: String, isFirst: Bool) -> String {
    let sign = factor < 0 ? (isFirst ? "-" : " - ") : (isFirst ? "" : " + ")
    let size = NumberText.value(factor.magnitude, digits: 4)
    return sign + (size == "1" ? name : "\(size)*\(name)")
  }

  static func digits(_ digits: Double) -> String {
    digits.isFinite ? String(format: "%.1f", max(0, digits)) : "0"
  }

  func text(_ style: TextStyle, _ width: Int) -> String {
    let rows =
      counted(result.rows, "row") + (result.skippedRows.isEmpty ? "" : ", \(result.skippedRows.count) left out")
    var lines = wrapped("\(payload.equation), \(payload.data): \(rows)", width: width, indent: 0).map(style.heading)
    lines += ["", parameterTable.text(width: width, style: style), ""]
    let word = "\(result.status.isSuccess ? style.good : style.bad) \(result.status.words)"
    var verdictLines = wrapped("\(word): \(style.text(verdict))", width: width, indent: 0)
    verdictLines[0] =
      (result.status.isSuccess ? style.success(word) : style.failure(word)) + verdictLines[0].dropFirst(word.count)
    lines += verdictLines
    for warning in result.warnings {
      let part = wrapped(style.text(warning), width: width, indent: 2)
      lines += part.enumerated().map { $0 == 0 ? style.warning("!") + $1.dropFirst(1) : $1 }
    }
    let unclear = result.parameters.filter { ($0.pValue ?? 0) > 0.05 }.map(\.name)
    if result.status.isSuccess, !unclear.isEmpty {
      let names = unclear.joined(separator: ", ")
      let part = wrapped(style.text("not told from 0 by these data: \(names) (p above 0.05)"), width: width, indent: 2)
      lines += part.enumerated().map { $0 == 0 ? style.warning("!") + $1.dropFirst(1) : $1 }
    }
    if let undetermined = result.undetermined {
      let sum = undetermined.sorted { $0.value.magnitude > $1.value.magnitude }.filter { $0.value.magnitude > 1e-6 }
        .enumerated().map { Self.summand($1.value, $1.key, isFirst: $0 == 0) }.joined()
      lines += wrapped("undetermined: moving along \(sum) changes no prediction", width: width, indent: 2)
    }
    for fact in facts { lines += wrapped(style.text(fact), width: width, indent: 2) }
    if isVerbose { lines += verboseLines(style, width) }
    if let predictions {
      lines += ["", predictionTable(predictions).text(width: width, style: style)]
      if let note = predictions.note {
        lines += wrapped(style.text(note), width: width, indent: 2).enumerated().map {
          $0 == 0 ? style.warning("!") + $1.dropFirst(1) : $1
        }
      }
      if predictions.rows.count > limit {
        lines.append("and \(predictions.rows.count - limit) more (--limit \(predictions.rows.count))")
      }
    }
    lines.append(style.faint(again.lines("  again:", width: width)))
    return lines.joined(separator: "\n")
  }

  // MARK: Parts

  private var parameterTable: TextTable {
    let percent = NumberText.value(100 * result.confidence, digits: 4)
    let hasProfile = result.parameters.contains { $0.profileLower != nil || $0.profileUpper != nil }
    // Two intervals leave no room for the test of 0; it is in the other forms.
    var titles = ["parameter", ">value", ">± error", ">\(percent) % from", ">to"]
    titles += hasProfile ? [">profile from", ">to"] : [">t", ">p"]
    let remarks = result.parameters.map(remark)
    let hasRemarks = remarks.contains { !$0.isEmpty }
    if hasRemarks { titles.append("") }
    let short = { (x: Double?) in x.map { NumberText.value($0, digits: 5) } ?? "" }
    return TextTable(
      titles,
      rows: zip(result.parameters, remarks).map { p, remark in
        var row = [
          p.name, NumberText.value(p.value, digits: 9), p.standardError.map { NumberText.value($0, digits: 3) } ?? "",
          short(p.lower), short(p.upper),
        ]
        let test = [
          p.tStatistic.map { NumberText.value($0, digits: 3) } ?? "",
          p.pValue.map { $0 < 1e-99 ? "<1e-99" : NumberText.value($0, digits: 2) } ?? "",
        ]
        row += hasProfile ? [short(p.profileLower), short(p.profileUpper)] : test
        if hasRemarks { row.append(remark) }
        return row
      })
  }

  private func remark(_ parameter: FitParameter) -> String {
    if parameter.fixed { return "held" }
    if parameter.isExpression { return "defined" }
    if parameter.atBound { return "at its bound" }
    return parameter.didNotMove ? "did not move" : ""
  }

  private var facts: [String] {
    let number = { (x: Double?) in x.map { NumberText.value($0) } ?? "none" }
    let freedom = NumberText.value(result.degreesOfFreedom)
    var facts: [String] = []
    if result.isRobust {
      facts.append(
        "loss \(NumberText.value(result.objective)), RSS \(NumberText.value(result.rss)) on \(freedom) degrees of freedom; "
          + "reduced χ², R², AIC and BIC measure squares, which a robust loss does not")
      facts.append("standard errors: from the scatter of the residuals, as the loss counts them")
    } else {
      facts.append(
        "RSS \(NumberText.value(result.rss)) on \(freedom) degrees of freedom, reduced χ² \(number(result.reducedChiSquared)), "
          + "R² \(number(result.rSquared)), AIC \(number(result.aic)), BIC \(number(result.bic))")
      facts.append(
        result.sigmaIsAbsolute
          ? "standard errors: from the given sigma alone" : "standard errors: from the scatter of the residuals")
    }
    facts.append(
      "rank \(result.rank) of \(result.parameters.count { !$0.fixed && !$0.isExpression }), condition \(number(result.condition)); "
        + "derivatives: \(result.method)"
        + (result.jacobianChecks.isEmpty
          ? ""
          : result.jacobianChecks.allSatisfy(\.agrees)
            ? ", cross-checked against \(Set(result.jacobianChecks.map(\.witness)).sorted().joined(separator: ", "))"
            : "; the cross-check disagrees, see -v"))
    if let strong = strongCorrelations { facts.append(strong) }
    if result.starts.count > 1 {
      let best = result.starts.filter { $0.status.isSuccess && $0.objective <= result.objective * (1 + 1e-6) }.count
      facts.append("starts: \(best) of \(result.starts.count) reached this minimum")
    }
    return facts
  }

  /// Pairs that the data hardly tell apart.
  private var strongCorrelations: String? {
    guard let correlations = result.correlations else { return nil }
    let names = result.parameters.map(\.name)
    var pairs: [(String, Double)] = []
    for i in names.indices {
      for j in names.indices where j < i && correlations[i][j].magnitude > 0.95 && correlations[i][j].isFinite {
        pairs.append(("\(names[j])-\(names[i])", correlations[i][j]))
      }
    }
    guard !pairs.isEmpty else { return nil }
    pairs.sort { $0.1.magnitude > $1.1.magnitude }
    let shown = pairs.prefix(5).map { "\($0.0) \(String(format: "%.3f", $0.1))" }.joined(separator: ", ")
    return "correlations above 0.95: \(shown)" + (pairs.count > 5 ? " and \(pairs.count - 5) more (-v)" : "")
  }

  private func verboseLines(_ style: TextStyle, _ width: Int) -> [String] {
    var lines: [String] = []
    if let correlations = result.correlations {
      let names = result.parameters.map(\.name)
      let table = TextTable(
        ["correlations"] + names.map { ">\($0)" },
        rows: names.indices.map { i in
          [names[i]] + names.indices.map { j in j <= i ? String(format: "%.3f", correlations[i][j]) : "" }
        })
      lines += ["", table.text(width: width, style: style)]
    }
    for check in result.jacobianChecks {
      lines += wrapped("Jacobian at the \(check.place): \(check.summary)", width: width, indent: 2)
    }
    let counts = result.evaluations
    lines += wrapped(
      "evaluations: \(counted(counts.values, "value")), \(counted(counts.jacobians, "Jacobian")), "
        + "\(counted(counts.secondDirectionals, "second directional derivative")), \(counted(counts.hessians, "Hessian")) of the sum",
      width: width, indent: 2)
    for (index, start) in result.starts.enumerated() where result.starts.count > 1 {
      let point = start.start.map { NumberText.value($0, digits: 4) }.joined(separator: ", ")
      lines += wrapped(
        "start \(index + 1) at \(point): \(start.status.words), sum \(NumberText.value(start.objective))", width: width,
        indent: 2)
    }
    return lines
  }

  private func predictionTable(_ predictions: FitPredictions) -> TextTable {
    var table = predictions.shownTable(payload.response)
    table.rows = Array(table.rows.prefix(limit))
    return table
  }
}

extension FitStatus {
  /// For people.
  var words: String {
    switch self {
    case .converged: "converged"
    case .atBound: "converged at a bound"
    case .singular: "not determined"
    case .stalled: "not converged: no step decreases the sum"
    case .iterationLimit: "not converged: out of iterations"
    case .diverged: "not converged: a parameter runs off"
    case .notAMinimum: "not converged: this is no minimum"
    case .derivativesDisagree: "not converged: the methods disagree about the derivatives"
    case .failed: "failed"
    }
  }
}
