// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Synchronization
import TabularData
import Testing
import Training

@Suite("History and checkpoints on disk")
struct HistoryTests {
  @Test("Both formats hold every epoch, and numbers read back to the same bits")
  func formats() throws {
    let result = try Setting.moons().run()
    let table = try Table(csv: HistoryFormat.csv.text(result.history), source: "h.csv")
    #expect(try table.numbers(in: "epoch") == [1, 2, 3, 4])
    #expect(try haveSameBits(table.numbers(in: "trainingLoss"), result.history.map(\.trainingLoss)))
    #expect(try table.column("validation.meanAbsoluteError") == ["", "", "", ""])
    let lines = try HistoryFormat.jsonLines.text(result.history).split(separator: "\n")
    let decoded = try lines.map { try JSONDecoder().decode(EpochRecord.self, from: Data($0.utf8)) }
    #expect(decoded == result.history)
    #expect(HistoryFormat(path: "a/b.jsonl") == .jsonLines && HistoryFormat(path: "b.csv") == .csv)
  }

  @Test(
    "Written epoch by epoch, over an interruption, no epoch is missing or there twice",
    arguments: HistoryFormat.allCases)
  func resumed(format: HistoryFormat) throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("history").path
      let setting = try Setting.moons()
      let trainer = try setting.trainer()
      let asked = Counter()
      let first = try trainer.run(
        from: setting.start(trainer),
        hooks: TrainingHooks(
          observer: HistoryFile(path: path, format: format), isCancelled: { asked.next() >= 6 }))
      #expect(first.history.count == 1)
      let observer = try HistoryFile(path: path, format: format, records: first.history)
      let end = try trainer.run(from: first.state, hooks: TrainingHooks(observer: observer))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == format.text(end.history))
    }
  }

  @Test("Checkpoints are written every so many epochs and at the last")
  func checkpoints() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("c.json").path
      let setting = try Setting.moons()
      let trainer = try setting.trainer()
      let file = CheckpointFile(path: path, trainer: trainer, settings: ["a": "b"], interval: 3)
      let asked = Counter()
      let part = try trainer.run(
        from: setting.start(trainer),
        hooks: TrainingHooks(observer: file, isCancelled: { asked.next() >= 15 }))
      #expect(part.state.epoch == 3)
      #expect(try Checkpoint(path: path).state.epoch == 3)
      let end = try trainer.run(from: part.state, hooks: TrainingHooks(observer: CombinedObserver([file])))
      #expect(try Checkpoint(path: path).state == end.state)
    }
  }

  @Test("By a clock: after the first epoch, then after each pause, and at the end whatever the clock says")
  func checkpointsByClock() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("c.json").path
      var setting = try Setting.moons()
      setting.configuration.epochs = 8
      let trainer = try setting.trainer()
      // Two seconds pass at each epoch's end: at a pause of five every third is due.
      let file = CheckpointFile(path: path, trainer: trainer, pause: .seconds(5), clock: TickingClock())
      let seen = Epochs(path)
      let end = try trainer.run(
        from: setting.start(trainer), hooks: TrainingHooks(observer: CombinedObserver([file, seen])))
      #expect(seen.epochs == [1, 1, 1, 4, 4, 4, 7, 8])
      // What is written does not depend on it.
      #expect(end == (try setting.run()))
      #expect(try Checkpoint(path: path).state == end.state)
    }
  }

  @Test("Finishing writes the state that the file does not have, and no other")
  func finish() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("c.json").path
      let setting = try Setting.moons()
      let trainer = try setting.trainer()
      let file = CheckpointFile(path: path, trainer: trainer, interval: 100)
      let asked = Counter()
      let part = try trainer.run(
        from: setting.start(trainer), hooks: TrainingHooks(observer: file, isCancelled: { asked.next() >= 6 }))
      #expect(!FileManager.default.fileExists(atPath: path))
      try file.finish(part.state)
      #expect(try Checkpoint(path: path).state == part.state)
      // Were it written again, it would come back.
      try FileManager.default.removeItem(atPath: path)
      try file.finish(part.state)
      #expect(!FileManager.default.fileExists(atPath: path))
      let end = try trainer.run(from: part.state, hooks: TrainingHooks(observer: file))
      #expect(try Checkpoint(path: path).state == end.state)
    }
  }

  @Test("A folder that is not there ends the training with its state, not without")
  func unwritable() throws {
    let trainer = try Setting.moons().trainer()
    let file = CheckpointFile(path: "/nowhere/at/all/c.json", trainer: trainer)
    let failure = #expect(throws: TrainingFailure.self) {
      try trainer.run(from: Setting.moons().start(trainer), hooks: TrainingHooks(observer: file))
    }
    #expect(failure?.state.history.count == 1 && failure?.underlying is FileWritingError)
  }

  @Test("Time is measured by the caller's clock and is no part of the result")
  func timing() throws {
    let setting = try Setting.moons()
    let trainer = try setting.trainer()
    let (result, timing) = try trainer.run(from: setting.start(trainer), clock: TickingClock())
    #expect(timing == TrainingTiming(seconds: 2, steps: 16) && timing.stepsPerSecond == 8)
    #expect(result == (try setting.run()))
  }
}

/// The epoch that a checkpoint is of, at the end of each epoch.
private final class Epochs: TrainingObserver {
  private let path: String
  private let storage = Mutex<[Int]>([])

  init(_ path: String) { self.path = path }

  var epochs: [Int] { storage.withLock { $0 } }

  func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
    let epoch = try Checkpoint(path: path).state.epoch
    storage.withLock { $0.append(epoch) }
  }
}

/// A clock on which two seconds pass from one look to the next.
struct TickingClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
  }

  private let looks = Counter()
  var minimumResolution: Duration { .seconds(1) }
  var now: Instant { Instant(offset: .seconds(2 * looks.next())) }
  func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
