// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Training

/// A finished training in words and figures.
struct TrainSummary {
  let plan: TrainPlan
  let settings: TrainSettings
  let result: TrainingResult
  let timing: TrainingTiming
  /// Where a resumed training began; nil for one from the start.
  let resumed: (epoch: Int, step: Int)?

  /// Whether there was nothing left to do.
  private var isDone: Bool { resumed != nil && timing.steps == 0 && result.outcome != .interrupted && !isFailed }

  /// The JSON of `train`.
  struct Payload: Encodable {
    let outcome: String
    let detail: String?
    let epochs: Int
    let steps: Int
    /// The steps of this session: those that `seconds` and `stepsPerSecond` are of.
    let sessionSteps: Int
    let train: Metrics
    let validation: Metrics?
    let test: Metrics?
    let weights: WeightChoice
    let bestEpoch: Int?
    let spotChecks: SpotChecks.Count?
    let reduction: Reduction
    let parameters: Int
    let specification: TrainingSpecification
    let data: String
    let initializer: String
    let seconds: Double
    let stepsPerSecond: Double
    let history: [EpochRecord]
  }

  var payload: Payload {
    Payload(
      outcome: outcomeWord, detail: outcomeDetail, epochs: result.history.count, steps: result.state.step,
      sessionSteps: timing.steps, train: result.training, validation: result.validation, test: result.test,
      weights: result.weights, bestEpoch: result.state.best?.epoch, spotChecks: plan.spotChecks?.counted,
      reduction: result.reduction, parameters: result.parameters.count,
      specification: plan.trainer.specification, data: settings.data, initializer: settings.initializer,
      seconds: timing.seconds, stepsPerSecond: timing.stepsPerSecond, history: result.history)
  }

  private var outcomeWord: String {
    switch result.outcome {
    case .completed: "completed"
    case .stoppedEarly: "stoppedEarly"
    case .interrupted: "interrupted"
    case .diverged: "diverged"
    case .gradientDisputed: "gradientDisputed"
    }
  }

  private var outcomeDetail: String? {
    switch result.outcome {
    case .diverged(let divergence): divergence.description
    case .gradientDisputed(let step, let report): "the gradient was disputed at step \(step): \(report)"
    case .completed, .stoppedEarly, .interrupted: notFinite
    }
  }

  /// One row a part of the data.
  func metricsTable(_ number: (Double) -> String) -> TextTable {
    let parts = [("train", result.training), ("validation", result.validation), ("test", result.test)]
      .compactMap { name, metrics in metrics.map { (name, $0) } }
    let classes = parts.contains { $0.1.accuracy != nil }
    let titles =
      ["part", ">samples", ">loss (\(result.reduction.rawValue))"]
      + (classes ? [">accuracy", ">most frequent class"] : [">R2", ">mean absolute error"])
    return TextTable(
      titles,
      rows: parts.map { name, metrics in
        let figures =
          classes ? [metrics.accuracy, metrics.baselineAccuracy] : [metrics.r2, metrics.meanAbsoluteError]
        return [name, "\(metrics.samples)", number(metrics.loss)] + figures.map { $0.map(number) ?? "" }
      })
  }

  /// What was trained, on what, how.
  func heading(style: TextStyle, width: Int) -> [String] {
    let specification = plan.trainer.specification
    return wrapped(
      "\(specification.model) on \(settings.data): \(specification.loss), \(specification.optimizer), "
        + "\(specification.schedule) rate, gradients by \(specification.differentiator)"
        + (plan.choice.map { " (\($0))" } ?? ""), width: width, indent: 0
    ).map(style.heading)
  }

  /// Whether there is no usable result.
  var isFailed: Bool {
    switch result.outcome {
    case .completed, .stoppedEarly, .interrupted: notFinite != nil
    case .diverged, .gradientDisputed: true
    }
  }

  /// A figure that is not finite, in words; nil where all are.
  private var notFinite: String? {
    for (part, metrics) in [("training", result.training), ("validation", result.validation), ("test", result.test)] {
      guard let metrics else { continue }
      let figures = [
        ("loss", metrics.loss), ("R2", metrics.r2 ?? 0), ("mean absolute error", metrics.meanAbsoluteError ?? 0),
      ]
      if let (name, value) = figures.first(where: { !$0.1.isFinite }) {
        return "the \(part) \(name) is \(NumberText.value(value)): scale the columns (--scale), or look at the largest "
          + "values of the data"
      }
    }
    return nil
  }

  func text(again: CommandLineText, next: [CommandLineText], files: [String], style: TextStyle, width: Int) -> String {
    var lines = heading(style: style, width: width)
    let time = "in \(NumberText.duration(timing.seconds)) (\(Int(timing.stepsPerSecond)) steps/s)"
    let done = "\(counted(result.history.count, "epoch")), \(counted(result.state.step, "step"))"
    let session = resumed == nil ? " \(time)" : ", \(timing.steps) of them now" + (timing.steps > 0 ? " \(time)" : "")
    lines += wrapped(
      "\(counted(result.parameters.count, "parameter")), \(done)\(session), seed \(settings.seed)", width: width,
      indent: 0)
    lines += ["", metricsTable { NumberText.value($0) }.text(width: width, style: style), ""]
    lines += line(style).count > width ? wrapped(line(style), width: width, indent: 0) : [line(style)]
    if let checks = plan.spotChecks?.counted { lines += wrapped(text(checks), width: width, indent: 2) }
    if let detail = outcomeDetail, detail != notFinite { lines += wrapped(detail, width: width, indent: 2) }
    if !files.isEmpty { lines.append("  wrote \(files.joined(separator: ", "))") }
    if files.isEmpty, resumed != nil, !isDone {
      lines += wrapped(
        "nothing was written: give --save model.json or --checkpoint run.json to keep it", width: width, indent: 2)
    }
    lines += next.map { style.faint($0.lines("  next:", width: width)) }
    lines.append(style.faint(again.lines("  again:", width: width)))
    return lines.joined(separator: "\n")
  }

  private func text(_ checks: SpotChecks.Count) -> String {
    let nothing = checks.vacuous > 0 ? "; \(checks.vacuous) showed nothing, every derivative was zero" : ""
    return "gradient checked \(checks.count == 1 ? "once" : "\(checks.count) times") against \(checks.method)\(nothing)"
  }

  private var bestWeights: String {
    let epoch = result.state.best?.epoch ?? 0
    return epoch == 0 ? "the best weights (those at the start)" : "the best weights (epoch \(epoch))"
  }

  func line(_ style: TextStyle) -> String {
    let which = result.weights == .best ? bestWeights : "the last weights"
    let metrics = result.test ?? result.validation ?? result.training
    let part = result.test != nil ? "test" : (result.validation != nil ? "validation" : "training")
    let figure =
      metrics.accuracy.map { "\(part) accuracy \(NumberText.value($0, digits: 4))" }
      ?? metrics.r2.map { "\(part) R2 \(NumberText.value($0, digits: 4))" }
      ?? "\(part) loss \(NumberText.value(metrics.loss))"
    if isDone {
      let words = style.success("\(style.good) already at epoch \(result.history.count)")
      guard result.outcome == .completed else {
        return words
          + ", where it stopped early; to train longer start anew with a larger --patience (\(figure), with \(which))"
      }
      return words + ": give a larger --epochs to go on (\(figure), with \(which))"
    }
    if let notFinite, [.completed, .stoppedEarly].contains(result.outcome) {
      return style.failure("\(style.bad) trained, and of no use") + ": \(notFinite)"
    }
    switch result.outcome {
    case .completed:
      // From ten times the first epoch's loss on it is no success, short of what is called divergence.
      if let first = result.history.first?.trainingLoss, let last = result.history.last?.trainingLoss, first > 0,
        last > 10 * first
      {
        return style.warning("! trained, and the loss grew")
          + " from \(NumberText.value(first)) to \(NumberText.value(last)): \(figure); lower the learning rate"
      }
      return style.success("\(style.good) trained") + ": \(figure), with \(which)"
    case .stoppedEarly:
      return style.success("\(style.good) stopped early")
        + " after epoch \(result.history.count): \(figure), with \(which)"
    case .interrupted: return style.warning("! interrupted") + " at step \(result.state.step): \(figure), with \(which)"
    case .diverged: return style.failure("\(style.bad) diverged") + ": \(which) are kept"
    case .gradientDisputed: return style.failure("\(style.bad) the gradient is disputed")
    }
  }
}
