// SPDX-License-Identifier: Apache-2.0

/// Why a checkpoint or a saved model cannot be used.
public struct DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Sendable, Equatable {
    /// The file cannot be opened or read.
    case unreadable(reason: String)
    /// The file is something else.
    case foreign(found: String)
    /// The file was written by a later version of the toolkit.
    case newer(version: Int, supported: Int)
    /// The file is cut off or was changed.
    case damaged(reason: String)
    /// The file is whole and belongs to another training or model.
    case mismatch(what: String, file: String, here: String)
  }

  /// The file.
  public let path: String
  /// What the file should be: `checkpoint`, `saved model`.
  public let kind: String
  /// What is wrong.
  public let problem: Problem

  /// A problem with a file.
  public init(_ problem: Problem, path: String, kind: String) {
    self.problem = problem
    self.path = path
    self.kind = kind
  }

  /// The file, what is wrong, and the way out.
  public var description: String {
    switch problem {
    case .unreadable(let reason): "\(path): the \(kind) cannot be read: \(reason)"
    case .foreign(let found):
      "\(path): this is no \(kind) of difftool but \(found); give the file that it wrote"
    case .newer(let version, let supported):
      "\(path): this \(kind) has version \(version), and versions up to \(supported) are understood here; "
        + "update difftool"
    case .damaged(let reason):
      "\(path): the \(kind) is damaged: \(reason); take an older copy or start anew"
    case .mismatch("the schedule", let file, let here):
      "\(path): the \(kind) does not belong to this: the schedule is \(file) in the file and \(here) here; a schedule "
        + "that ends with the training would run anew for more epochs: give --schedule '\(file)', or start anew"
    case .mismatch("the samples' hash", _, _):
      "\(path): the \(kind) does not belong to this: its samples are others; give the --data it was written with, and the "
        + "same --target, --inputs, --validation, --test, --split and --scale, or start anew"
    case .mismatch(let what, let file, let here):
      "\(path): the \(kind) does not belong to this: \(what) is \(file) in the file and \(here) here; "
        + "give what it was written with, or start anew"
    }
  }
}
