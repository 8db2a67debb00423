// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Testing
import Training

@Suite("Interrupted and resumed")
struct ResumeTests {
  /// Trainings whose memory and randomness differ: moments, momentum with a schedule, no shuffle, full batch,
  /// best weights.
  enum Kind: String, CaseIterable, Sendable {
    case adam, momentumAndSchedule, fileOrder, fullBatch, earlyStopping

    func setting() throws -> Setting {
      var setting = try Setting.moons()
      switch self {
      case .adam: break
      case .momentumAndSchedule:
        setting.optimizer = "momentum:lr=0.1,momentum=0.8"
        setting.schedule = "step:size=5,gamma=0.7"
      case .fileOrder: setting.configuration.shuffle = false
      case .fullBatch:
        setting.configuration.batch = nil
        setting.configuration.epochs = 16
      case .earlyStopping:
        setting.optimizer = "sgd:lr=3"
        setting.configuration.epochs = 12
        setting.configuration.earlyStopping = EarlyStopping(patience: 3)
        setting.configuration.weights = .best
      }
      return setting
    }
  }

  @Test("Through a file, after any step, the end is the same to the last bit", arguments: Kind.allCases)
  func resume(kind: Kind) throws {
    let setting = try kind.setting()
    let whole = try setting.run()
    #expect(whole.state.step >= 9)
    try withFolder { folder in
      let path = folder.appendingPathComponent("run.json").path
      for stop in 0..<whole.state.step {
        let trainer = try setting.trainer()
        let asked = Counter()
        let first = try trainer.run(
          from: setting.start(trainer), hooks: TrainingHooks(isCancelled: { asked.next() >= stop }))
        #expect(first.outcome == .interrupted)
        #expect(first.state.step == stop)
        try Checkpoint(trainer, state: first.state).write(to: path)
        // A new trainer, as in a new process.
        let second = try setting.trainer()
        let checkpoint = try Checkpoint(path: path)
        #expect(checkpoint.state == first.state)
        let end = try second.run(from: checkpoint.state(for: second, path: path))
        #expect(haveSameBits(end.state.parameters, whole.state.parameters), "stopped after \(stop)")
        #expect(haveSameBits(end.parameters, whole.parameters))
        #expect(end == whole)
      }
    }
  }

  @Test("Interrupted again and again, a step at a time")
  func manyPieces() throws {
    let setting = try Setting.moons()
    let whole = try setting.run()
    let trainer = try setting.trainer()
    var state = try setting.start(trainer)
    for _ in 0..<whole.state.step {
      let asked = Counter()
      let piece = try trainer.run(from: state, hooks: TrainingHooks(isCancelled: { asked.next() >= 1 }))
      state = try Checkpoint(data: Checkpoint(trainer, state: piece.state).data(), path: "piece").state
    }
    #expect(try trainer.run(from: state) == whole)
  }

  @Test("A finished training goes on when more epochs are wanted, and gives what one long training gives")
  func longer() throws {
    var setting = try Setting.moons()
    let short = try setting.run()
    let checkpoint = try Checkpoint(setting.trainer(), state: short.state)
    setting.configuration.epochs = 9
    let trainer = try setting.trainer()
    let end = try trainer.run(from: checkpoint.state(for: trainer, path: "run"))
    #expect(end == (try setting.run()))
    #expect(try trainer.run(from: end.state) == end)
  }

  @Test("A cancelled task ends with what it has")
  func cancelledTask() async throws {
    let setting = try Setting.moons()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try setting.run()
    }
    task.cancel()
    let result = try await task.value
    #expect(result.outcome == .interrupted)
    #expect(result.state.step == 0)
  }

  @Test("An end of an epoch's state is as good as one between two steps")
  func epochStates() throws {
    let setting = try Setting.moons()
    let recorder = Recorder()
    let whole = try setting.run(hooks: TrainingHooks(observer: recorder))
    for state in recorder.states {
      #expect(try setting.trainer().run(from: state) == whole)
    }
  }
}
