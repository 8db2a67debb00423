// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import TabularData
import Testing
import Training

@Suite("Saved models and prediction")
struct PredictionTests {
  private static let csv =
    "a,b,kind\n"
    + (0..<30).map { i in
      let x = Double(i % 10) / 10
      let y = Double(i / 10)
      return "\(x),\(y),\(["low", "mid", "top"][i / 10])\n"
    }.joined()

  private func trained() throws -> (trainer: Trainer, result: TrainingResult) {
    var setting = try Setting(
      data: DataSet(Table(csv: Self.csv, source: "t.csv"), selection: ColumnSelection(targets: ["kind"])))
    setting.model = "mlp:hidden=8"
    setting.loss = "softmax-cross-entropy"
    setting.configuration.epochs = 60
    let trainer = try setting.trainer()
    return (trainer, try trainer.run(from: setting.start(trainer)))
  }

  @Test(
    "Saved, read and made again from its name, it predicts the same, whatever the order of the columns"
  )
  func roundTrip() throws {
    let (trainer, result) = try trained()
    #expect(result.training.accuracy == 1)
    try withFolder { folder in
      let path = folder.appendingPathComponent("model.json").path
      try SavedModel(trainer, result: result).write(to: path)
      let predictor = try SavedModel(path: path).predictor(in: .standard, path: path)
      let table = try Table(csv: "b,extra,a\n0,x,0.5\n2,y,0.1\n1,,0.9\n", source: "new.csv")
      let predictions = try predictor(table)
      #expect(predictions.labels == ["low", "top", "mid"])
      #expect(predictions.notes == ["not used: column extra"])
      #expect(try predictor([[0.5, 0], [0.1, 2], [0.9, 1]]).values == predictions.values)
      let probabilities = try #require(predictions.probabilities)
      for row in probabilities { #expect(abs(row.reduce(0, +) - 1) < 1e-15 * 8) }
      let output = try predictions.table()
      #expect(
        output.columnNames == ["kind", "probability"] && output.rows.map { $0[0] } == ["low", "top", "mid"])
      // The target may be there, and may be missing.
      #expect(try predictor(Table(csv: Self.csv, source: "t.csv")).notes.isEmpty)
    }
  }

  @Test("A missing column, a cell that is no number, rows of another length")
  func refused() throws {
    let (trainer, result) = try trained()
    let predictor = try SavedModel(trainer, result: result).predictor(for: trainer.model, path: "m.json")
    func error(_ csv: String) -> TableError? {
      #expect(throws: TableError.self) { try predictor(Table(csv: csv, source: "n.csv")) }
    }
    #expect(
      error("a,B\n1,2\n")
        == TableError(.unknownColumn(known: ["a", "B"], suggestion: "B"), source: "n.csv", column: "b"))
    #expect(
      error("a,b\n1,2\n1,?\n") == TableError(.notANumber(text: "?"), source: "n.csv", line: 3, column: "b"))
    #expect(throws: DifferentiationError.self) { try predictor([[1]]) }
  }

  @Test("Numbers come back in the file's units, through scaled inputs and targets")
  func regression() throws {
    var setting = try Setting.line()
    setting.data.targets = setting.data.inputs.map { [300 * $0[0] + 5000] }
    setting.scaling = Scaling(inputs: true, targets: true)
    setting.optimizer = "sgd:lr=0.3"
    setting.configuration = TrainingConfiguration(epochs: 200)
    let trainer = try setting.trainer()
    let saved = SavedModel(trainer, result: try trainer.run(from: setting.start(trainer)))
    let predictor = try SavedModel(data: saved.data(), path: "m").predictor(in: .standard, path: "m")
    let predictions = try predictor(Table(csv: "x\n0\n10\n", source: "n.csv"))
    // The error falls by 1 - 2 · 0.3 a step: gone after 200.
    #expect(abs(predictions.values[0][0] - 5000) < 1e-8 && abs(predictions.values[1][0] - 8000) < 1e-8)
    #expect(try predictions.table().columnNames == ["y"])
  }

  @Test("Metrics of a table with the target: those of the training, in the file's units, without a constant answer's")
  func metrics() throws {
    let (trainer, result) = try trained()
    let loss = try Registry.standard.losses.make("softmax-cross-entropy")
    let predictor = try SavedModel(trainer, result: result).predictor(for: trainer.model, path: "m.json")
    let table = try Table(csv: Self.csv, source: "t.csv")
    let found = try #require(try predictor.metrics(for: table, loss: loss))
    let labels = try predictor(table).labels ?? []
    let right = try zip(labels, table.column("kind")).filter { $0 == $1 }.count
    #expect(found.samples == 30 && found.accuracy == Double(right) / 30 && found.baselineAccuracy == nil)
    #expect(try predictor.metrics(for: Table(csv: "a,b\n1,2\n", source: "n.csv"), loss: loss) == nil)
    let unknown = #expect(throws: TableError.self) {
      try predictor.metrics(for: Table(csv: "a,b,kind\n1,2,new\n", source: "n.csv"), loss: loss)
    }
    #expect(unknown?.problem == .unknownClass(name: "new", known: ["low", "mid", "top"]))

    var line = try Setting.line()
    line.scaling = Scaling(inputs: true, targets: true)
    let lineTrainer = try line.trainer()
    let end = try lineTrainer.run(from: line.start(lineTrainer))
    let saved = try SavedModel(lineTrainer, result: end).predictor(for: lineTrainer.model, path: "m.json")
    let rows = zip(line.data.inputs, line.data.targets).map { "\($0[0]),\($1[0])\n" }.joined()
    let all = try #require(
      try saved.metrics(
        for: Table(csv: "x,y\n" + rows, source: "l.csv"), loss: Registry.standard.losses.make("mean-squared")))
    // The same seven samples, summed in another order.
    #expect(((all.r2 ?? .nan) - (end.training.r2 ?? .nan)).magnitude < 1e-12)
    #expect((all.loss - end.training.loss).magnitude < 1e-12)
    #expect(((all.meanAbsoluteError ?? .nan) - (end.training.meanAbsoluteError ?? .nan)).magnitude < 1e-12)
  }

  @Test("A file with another model, or made up of parts that do not fit")
  func mismatch() throws {
    let (trainer, result) = try trained()
    let saved = SavedModel(trainer, result: result)
    let other = try Registry.standard.models.make("mlp:inputs=2,hidden=7,outputs=3")
    #expect(throws: DocumentError.self) { try saved.predictor(for: other, path: "m.json") }
    let narrow = try Registry.standard.models.make("mlp:inputs=3,hidden=8,outputs=3")
    #expect(throws: DocumentError.self) { try saved.predictor(for: narrow, path: "m.json") }
    #expect(throws: DifferentiationError.self) { try saved.predictor(in: Registry(), path: "m.json") }
    let text = try String(decoding: saved.data(), as: UTF8.self)
    #expect(throws: DocumentError.self) { try SavedModel(data: Data(text.dropLast(20).utf8), path: "m.json") }
    let checkpoint = try Checkpoint(trainer, state: result.state).data()
    let error = #expect(throws: DocumentError.self) { try SavedModel(data: checkpoint, path: "m.json") }
    #expect(error?.problem == .foreign(found: "a checkpoint"))
  }

  @Test("Probabilities of two classes from one logit")
  func twoClasses() throws {
    let setting = try Setting.moons()
    let trainer = try setting.trainer()
    let result = try trainer.run(from: setting.start(trainer))
    let predictor = try SavedModel(trainer, result: result).predictor(for: trainer.model, path: "m")
    let predictions = try predictor(Array(setting.data.inputs.prefix(5)))
    let probabilities = try #require(predictions.probabilities)
    for (row, (classes, logit)) in zip(probabilities, zip(predictions.classes ?? [], predictions.values)) {
      #expect(row.count == 2 && (row[1] > 0.5) == (classes == 1) && (logit[0] > 0) == (classes == 1))
    }
  }
}
