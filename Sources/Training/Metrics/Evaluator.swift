// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import TabularData

/// Measures a model on samples, on plain numbers.
struct Evaluator: Sendable {
  private let body: ObjectiveBody
  private let decision: ClassDecision?
  private let majority: Int?
  private let targetScaling: Standardization?

  init(body: ObjectiveBody, data: PreparedData) {
    self.init(body: body, columns: data.columns, training: data.training)
  }

  /// - Parameter training: the samples by which the most frequent class is found; nil where they are not known, and
  ///   then there is no accuracy of a constant answer.
  init(body: ObjectiveBody, columns: DataColumns, training: Samples?) {
    self.body = body
    targetScaling = columns.targetScaling
    let encoding = body.loss.targetEncoding
    guard let names = columns.classNames else {
      decision = nil
      majority = nil
      return
    }
    decision = ClassDecision(
      outputs: body.model.outputCount, kind: body.model.outputKind, encoding: encoding)
    guard let training else {
      majority = nil
      return
    }
    var counts = Array(repeating: 0, count: max(names.count, 2))
    for index in 0..<training.count {
      counts[ClassDecision.trueClass(training.target(index), encoding: encoding)] += 1
    }
    majority = counts.indices.max { counts[$0] < counts[$1] } ?? 0
  }

  /// The mean or the sum of the losses alone, without other metrics.
  func loss(_ parameters: [Double], on samples: Samples) throws -> Double {
    try metrics(parameters, on: samples, lossOnly: true).loss
  }

  /// All metrics. One evaluation of model and loss a sample.
  func metrics(_ parameters: [Double], on samples: Samples, lossOnly: Bool = false) throws -> Metrics {
    try body.checkShape(parameters.count, samples)
    let predict = body.model.call(for: Double.self)
    let compare = body.loss.call(for: Double.self)
    var total = 0.0
    var right = 0
    var common = 0
    var regression = RegressionSums(targets: samples.targetCount)
    for sample in 0..<samples.count {
      let target = samples.target(sample)
      let prediction = try predict(parameters[...], samples.input(sample))
      guard prediction.count == target.count else { throw body.wrongOutputs(prediction.count) }
      total += try compare(prediction[...], target)
      if lossOnly { continue }
      if let decision {
        let truth = ClassDecision.trueClass(target, encoding: body.loss.targetEncoding)
        if decision(prediction[...]) == truth { right += 1 }
        if truth == majority { common += 1 }
      } else {
        regression.add(prediction, target)
      }
    }
    let count = Double(samples.count)
    var result = Metrics(samples: samples.count, loss: body.reduction == .mean ? total / count : total)
    if lossOnly { return result }
    if decision != nil {
      result.accuracy = Double(right) / count
      result.baselineAccuracy = majority.map { _ in Double(common) / count }
    } else {
      result.r2 = regression.r2
      result.meanAbsoluteError = regression.meanAbsoluteError(scales: targetScaling?.scales)
    }
    return result
  }
}

/// Predictions and targets, kept for sums over their deviations.
private struct RegressionSums {
  private var predictions: [[Double]]
  private var targets: [[Double]]

  init(targets count: Int) {
    predictions = Array(repeating: [], count: count)
    targets = predictions
  }

  mutating func add(_ prediction: [Double], _ target: ArraySlice<Double>) {
    for (output, (p, y)) in zip(prediction, target).enumerated() {
      predictions[output].append(p)
      targets[output].append(y)
    }
  }

  /// The mean over the outputs whose targets vary.
  var r2: Double? {
    let scores = zip(predictions, targets).compactMap { predicted, found -> Double? in
      let mean = found.reduce(0, +) / Double(found.count)
      let total = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      guard total > 0 else { return nil }
      let residual = zip(predicted, found).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return 1 - residual / total
    }
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  func meanAbsoluteError(scales: [Double]?) -> Double? {
    let errors = zip(predictions, targets).enumerated().map { output, pair in
      let sum = zip(pair.0, pair.1).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
      return sum / Double(pair.0.count) * (scales?[output] ?? 1).magnitude
    }
    return errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
  }
}
