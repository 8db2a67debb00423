// SPDX-License-Identifier: Apache-2.0

import Foundation
import TabularData

/// Writes each epoch to a file as it ends: an observer of a training.
public struct HistoryFile: TrainingObserver {
  private let path: String
  private let format: HistoryFormat

  /// Starts a file with the epochs so far; an old file is replaced, whole or not at all.
  ///
  /// After a resume the file has no epoch twice and none is missing: it is written from the state's history.
  ///
  /// - Throws: `FileWritingError`.
  public init(path: String, format: HistoryFormat? = nil, records: [EpochRecord] = []) throws {
    self.path = path
    self.format = format ?? HistoryFormat(path: path)
    try AtomicFile.write(self.format.text(records), to: path)
  }

  /// Appends the epoch's line in one piece.
  public func epochEnded(_ record: EpochRecord, state: TrainingState) throws {
    let line = try format.line(record)
    do {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      // A pipe or a terminal has no end to go to.
      _ = try? handle.seekToEnd()
      try handle.write(contentsOf: Data(line.utf8))
    } catch {
      throw FileWritingError(path: path, reason: error.localizedDescription)
    }
  }
}
