// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Foundation
import TabularData
import Testing
import Training

@Suite("Files that are not what they should be")
struct DocumentTests {
  private let trainer: Trainer
  private let checkpoint: Checkpoint
  private let text: String

  init() throws {
    let setting = try Setting.moons()
    trainer = try setting.trainer()
    checkpoint = try Checkpoint(trainer, state: setting.run().state, settings: ["data": "moons"])
    text = try String(decoding: checkpoint.data(), as: UTF8.self)
  }

  private func problem(_ text: String) -> DocumentError.Problem? {
    #expect(throws: DocumentError.self) { try Checkpoint(data: Data(text.utf8), path: "c.json") }?.problem
  }

  private func isDamaged(_ text: String, _ part: String) -> Bool {
    guard case .damaged(let reason) = problem(text) else { return false }
    return reason.contains(part)
  }

  @Test("Written and read, it is the same")
  func roundTrip() throws {
    #expect(try Checkpoint(data: Data(text.utf8), path: "c.json") == checkpoint)
    #expect(checkpoint.settings == ["data": "moons"])
  }

  @Test("Cut off anywhere, it is refused")
  func truncated() {
    #expect(isDamaged("", "empty"))
    let bytes = Array(text.utf8)
    for length in stride(from: 1, to: bytes.count - 2, by: 97) {
      let part = String(decoding: bytes[..<length], as: UTF8.self)
      #expect(throws: DocumentError.self) { try Checkpoint(data: Data(part.utf8), path: "c.json") }
    }
    #expect(isDamaged(String(text.prefix(text.count / 2)), "cut off"))
  }

  @Test("With one digit of one parameter changed, it is refused")
  func changed() throws {
    let start = try #require(text.range(of: "\"parameters\":["))
    let digit = try #require(text[start.upperBound...].firstIndex { "12345".contains($0) })
    var other = text
    other.replaceSubrange(digit...digit, with: text[digit] == "1" ? "2" : "1")
    #expect(isDamaged(other, "checksum"))
  }

  @Test("Other files are called what they are")
  func foreign() throws {
    #expect(problem("x,y\n1,2\n") == .foreign(found: "something else"))
    #expect(problem("{\"a\":1}") == .foreign(found: "something else"))
    #expect(problem("{\"format\":\"other\",\"version\":1}") == .foreign(found: "a file of format 'other'"))
    let model = try String(
      decoding: SavedModel(trainer, parameters: checkpoint.state.parameters).data(), as: UTF8.self)
    #expect(problem(model) == .foreign(found: "a saved model"))
    let missing = #expect(throws: DocumentError.self) { try Checkpoint(path: "/nowhere/at/all.json") }
    #expect(missing?.problem == .unreadable(reason: "there is no such file; check the name and the folder"))
    let folder = #expect(throws: DocumentError.self) { try SavedModel(path: "/") }
    #expect(folder?.problem == .unreadable(reason: "it is a folder; give the file in it"))
  }

  @Test("A later version, and no version")
  func versions() {
    let newer = text.replacingOccurrences(of: "\"version\":1,", with: "\"version\":7,")
    #expect(problem(newer) == .newer(version: 7, supported: 1))
    for bad in ["\"version\":0,", "\"version\":\"1\",", ""] {
      #expect(isDamaged(text.replacingOccurrences(of: "\"version\":1,", with: bad), "version"))
    }
    #expect(isDamaged("{\"format\":\"difftool-checkpoint\",\"version\":1}", "checksum"))
  }

  @Test("A whole file of another training names what differs, with both sides")
  func mismatch() throws {
    func found(_ change: (inout Setting) throws -> Void) throws -> DocumentError.Problem? {
      var setting = try Setting.moons()
      try change(&setting)
      let other = try setting.trainer()
      return #expect(throws: DocumentError.self) { try checkpoint.state(for: other, path: "c.json") }?.problem
    }
    #expect(
      try found { $0.configuration.seed = 12 } == .mismatch(what: "the seed", file: "11", here: "12"))
    #expect(
      try found { $0.configuration.batch = nil }
        == .mismatch(what: "the batch size", file: "7", here: "all samples"))
    #expect(
      try found { $0.differentiator = "dual" }
        == .mismatch(what: "the differentiator", file: "tape", here: "dual"))
    guard case .mismatch("the model", _, _) = try found({ $0.model = "mlp:hidden=5,activation=tanh" }),
      case .mismatch("the optimizer", _, _) = try found({ $0.optimizer = "sgd:lr=0.02" }),
      case .mismatch("the samples' hash", _, _) = try found({ $0.data.inputs[0][0] += 1e-12 })
    else {
      Issue.record("a difference was not named")
      return
    }
  }

  @Test("A state that does not fit is refused before anything is read out of bounds")
  func wrongState() throws {
    var setting = try Setting.moons()
    setting.model = "mlp:hidden=3"
    let other = try setting.trainer()
    #expect(throws: DifferentiationError.self) { try other.run(from: checkpoint.state) }
    setting = try Setting.moons()
    setting.optimizer = "sgd:lr=0.1"
    let plain = try setting.trainer()
    #expect(throws: DifferentiationError.self) { try plain.run(from: checkpoint.state) }
    setting.configuration.batch = 5
    let batches = try setting.trainer()
    #expect(throws: DifferentiationError.self) { try batches.run(from: checkpoint.state) }
  }

  @Test("Numbers keep their bits, and what is not finite is written as words")
  func numbers() throws {
    let values = [
      0.1, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 1.0 / 3, 1e22, 123_456_789.123_456_78, 4e-7,
      100,
    ]
    let big = MultiParameter(count: values.count)
    let trainer = try bigTrainer(big)
    let saved = SavedModel(trainer, parameters: values)
    let back = try SavedModel(data: saved.data(), path: "m.json")
    #expect(haveSameBits(back.parameters, values))
    let record = EpochRecord(
      epoch: 1, step: 1, learningRate: 0.1, trainingLoss: .nan,
      validation: Metrics(samples: 1, loss: .infinity))
    let line = try HistoryFormat.jsonLines.line(record)
    #expect(line.contains("\"trainingLoss\":\"NaN\"") && line.contains("\"loss\":\"Infinity\""))
  }

  private func bigTrainer(_ model: MultiParameter) throws -> Trainer {
    let setting = try Setting.line()
    let loss = try Registry.standard.losses.make("mean-squared")
    return try Trainer(
      model: model, loss: loss, differentiator: Registry.standard.differentiators.make("tape"),
      optimizer: Registry.standard.optimizers.make("sgd"), configuration: setting.configuration,
      data: setting.prepared(model.erased, loss))
  }
}

/// The mean of all parameters, whatever the input.
struct MultiParameter: Model {
  let count: Int
  var specification: String { "multi" }
  var parameters: ParameterLayout { ParameterLayout(names: (0..<count).map { "p\($0)" }) }
  var inputCount: Int { 1 }
  var outputCount: Int { 1 }
  var outputKind: OutputKind { .real }

  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S] {
    [S.sum(parameters) / S(Double(count))]
  }
}
