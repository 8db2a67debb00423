// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Training

/// Several trainings that differ by their seed only.
struct SeedSummary {
  let runs: [TrainSummary]

  /// The JSON of `train --seeds`.
  struct Payload: Encodable {
    struct Figures: Encodable {
      let median: Double
      let minimum: Double
      let maximum: Double
    }

    let seeds: [UInt64]
    let median: [String: [String: Figures]]
    let runs: [TrainSummary.Payload]
  }

  /// The options of every run; the seeds in place of one.
  var options: OptionRecord {
    var options = runs.first?.plan.options ?? [:]
    options["seed"] = nil
    options["seeds"] = .seeds(runs.map(\.settings.seed))
    return options
  }

  var payload: Payload {
    var figures: [String: [String: Payload.Figures]] = [:]
    let keys = ["R2": "r2", "MAE": "meanAbsoluteError"]
    for (part, name, values) in columns where !values.isEmpty {
      figures[part, default: [:]][keys[name] ?? name] = Payload.Figures(
        median: median(values), minimum: values.min() ?? .nan, maximum: values.max() ?? .nan)
    }
    return Payload(seeds: runs.map(\.settings.seed), median: figures, runs: runs.map(\.payload))
  }

  /// Median, smallest and largest of every figure.
  func table(_ number: (Double) -> String) -> TextTable {
    TextTable(
      ["part", "figure", ">median", ">smallest", ">largest", ">seeds"],
      rows: columns.filter { !$0.values.isEmpty }.map { part, name, values in
        [
          part, name, number(median(values)), number(values.min() ?? .nan), number(values.max() ?? .nan),
          "\(values.count)",
        ]
      })
  }

  func text(again: CommandLineText, style: TextStyle, width: Int) -> String {
    guard let first = runs.first else { return "no seeds" }
    var lines = first.heading(style: style, width: width)
    lines += ["", table { NumberText.value($0, digits: 4) }.text(width: width, style: style), "", line(style)]
    for run in runs where run.isFailed { lines.append("  seed \(run.settings.seed): " + run.line(style)) }
    lines.append(style.faint(again.lines("  again:", width: width)))
    return lines.joined(separator: "\n")
  }

  func line(_ style: TextStyle) -> String {
    let trained = runs.filter { !$0.isFailed }.count
    let figure = columns.last { !$0.values.isEmpty && ($0.name == "accuracy" || $0.name == "R2") }
    let text =
      "\(trained) of \(runs.count) seeds trained"
      + (figure.map { ": \($0.part) \($0.name) \(NumberText.value(median($0.values), digits: 4)) in the median" } ?? "")
    let finished = runs.filter { $0.result.outcome != .interrupted }.count
    if finished < runs.count { return style.warning("! interrupted: \(finished) seeds finished; \(text)") }
    return trained == runs.count ? style.success("\(style.good) \(text)") : style.failure("\(style.bad) \(text)")
  }

  private var columns: [(part: String, name: String, values: [Double])] {
    let parts: [(String, (TrainingResult) -> Metrics?)] = [
      ("train", { $0.training }), ("validation", { $0.validation }), ("test", { $0.test }),
    ]
    let figures: [(String, (Metrics) -> Double?)] = [
      ("loss", { $0.loss }), ("accuracy", { $0.accuracy }), ("R2", { $0.r2 }), ("MAE", { $0.meanAbsoluteError }),
    ]
    let results = runs.map(\.result)
    return parts.flatMap { part, metrics in
      figures.map { name, figure in (part, name, results.compactMap { metrics($0).flatMap(figure) }) }
    }
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
