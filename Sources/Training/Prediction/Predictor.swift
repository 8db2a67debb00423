// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import TabularData

/// A trained model with the columns that it knows, ready for new samples.
public struct Predictor: Sendable {
  /// The file's content.
  public let saved: SavedModel
  private let model: AnyModel
  private let decision: ClassDecision?

  init(_ saved: SavedModel, model: AnyModel) {
    self.saved = saved
    self.model = model
    decision = saved.columns.classNames.map { _ in
      ClassDecision(outputs: model.outputCount, kind: model.outputKind, encoding: saved.targetEncoding)
    }
  }

  /// Predicts for each row of a table. Columns are found by name, in any order; others are not used, and a
  /// note says so.
  ///
  /// - Throws: `TableError` for a column that is missing and a cell that is not a number, with its line;
  ///   `DifferentiationError` for an output that is not a number.
  public func callAsFunction(_ table: Table) throws -> Predictions {
    let columns = saved.columns
    let extra = table.columnNames.filter { !columns.inputs.contains($0) && !columns.targets.contains($0) }
    let notes =
      extra.isEmpty
      ? [] : ["not used: column\(extra.count == 1 ? "" : "s") \(extra.joined(separator: ", "))"]
    return try predictions(table.inputRows(columns.inputs), notes: notes) { row in
      "\(table.source):\(table.lines[row])"
    }
  }

  /// How good the predictions are for a table that has the target columns; nil for one that has not.
  ///
  /// The most frequent class of the training part is not in the file, so there is no accuracy of a constant answer.
  ///
  /// - Parameters:
  ///   - table: the inputs, and the targets to compare with.
  ///   - loss: the loss, made from ``SavedModel/loss``.
  /// - Throws: `TableError` for a target cell that is empty, not a number or of a class that training did not have, with
  ///   its line; `DifferentiationError` for a loss that does not fit.
  public func metrics(for table: Table, loss: some Loss) throws -> Metrics? {
    let columns = saved.columns
    guard columns.targets.allSatisfy(table.columnNames.contains) else { return nil }
    let data = try DataSet(
      table, selection: ColumnSelection(targets: columns.targets, inputs: columns.inputs),
      task: columns.classNames == nil ? .regression : .classification, classNames: columns.classNames)
    let targets = try data.encodedTargets(saved.targetEncoding, outputs: model.outputCount)
    let samples = try Samples(
      inputs: columns.inputScaling?(data.inputs) ?? data.inputs, targets: columns.targetScaling?(targets) ?? targets,
      inputCount: model.inputCount, targetCount: model.outputCount)
    let body = ObjectiveBody(model: model, loss: loss.erased, penalties: [], reduction: .mean)
    return try Evaluator(body: body, columns: columns, training: nil).metrics(saved.parameters, on: samples)
  }

  /// Predicts for rows of inputs in the model's order and the file's units.
  ///
  /// - Throws: `DifferentiationError` for rows of another length and for numbers that are not finite.
  public func callAsFunction(_ inputs: [[Double]]) throws -> Predictions {
    for (index, row) in inputs.enumerated() where row.count != saved.columns.inputs.count {
      throw DifferentiationError.shape(
        what: "inputs of sample \(index)",
        expected: "\(saved.columns.inputs.count) (\(abbreviated(saved.columns.inputs)))",
        found: "\(row.count)")
    }
    return try predictions(inputs, notes: []) { "sample \($0)" }
  }

  private func predictions(
    _ inputs: [[Double]], notes: [String], place: (Int) -> String
  ) throws -> Predictions {
    let scaled = try saved.columns.inputScaling?(inputs) ?? inputs
    let predict = model.call(for: Double.self)
    var outputs: [[Double]] = []
    outputs.reserveCapacity(scaled.count)
    for (row, input) in scaled.enumerated() {
      let output = try predict(saved.parameters[...], input[...])
      if output.contains(where: { !$0.isFinite }) {
        throw DifferentiationError.notFinite(what: "the model's output", place: place(row))
      }
      outputs.append(output)
    }
    var result = Predictions(target: saved.columns.targets, notes: notes)
    if let decision, let names = saved.columns.classNames {
      result.classNames = names
      result.classes = outputs.map { decision($0[...]) ?? 0 }
      result.probabilities = try probabilities(outputs)
      result.values = outputs
    } else {
      result.values = try saved.columns.targetScaling?.inverted(outputs) ?? outputs
    }
    return result
  }

  /// The probability of each class, where the outputs mean one.
  private func probabilities(_ outputs: [[Double]]) throws -> [[Double]]? {
    switch (saved.targetEncoding, model.outputKind) {
    case (.oneHot, .real): return outputs.map { Double.softmax($0[...]) }
    case (_, .distribution): return outputs
    case (.probability, .real) where model.outputCount == 1:
      return outputs.map { [Double.sigmoid(-$0[0]), Double.sigmoid($0[0])] }
    case (.probability, .probability) where model.outputCount == 1:
      return outputs.map { [1 - $0[0], $0[0]] }
    default: return nil
    }
  }
}
