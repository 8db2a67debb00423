// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Why a file could not be written.
public struct FileWritingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What the system said.
  public let reason: String

  /// A file with what went wrong.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// What failed and the way out.
  public var description: String {
    let advice =
      switch reason {
      case "it is a folder": "give the name of a file in it"
      case "its folder does not exist": "make the folder first, or give another"
      case "its folder may not be written to": "give a file in a folder of yours"
      default: "check that its folder exists, may be written to and has room"
      }
    return "\(path) cannot be written: \(reason); \(advice)"
  }
}

/// Writing so that a reader finds the old file or the new one, never half of it.
///
/// Unsafe here: the call of `rename`, which Foundation has no atomic form of. It gets two strings for its
/// duration.
public enum AtomicFile {
  /// Writes to a file beside the target, flushes it to the disk, and renames it onto the target.
  ///
  /// After a crash or a full disk the old file is still whole. A symbolic link is followed: the file that it
  /// points to is replaced. What is not an ordinary file (a pipe, a terminal) is written to as it is.
  ///
  /// - Throws: ``FileWritingError``.
  public static func write(_ data: Data, to path: String) throws {
    let files = FileManager.default
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      // The type is asked of the path that the system resolves: a link such as /dev/stdout leads to no
      // ordinary name.
      switch try? files.attributesOfItem(atPath: target.path)[.type] as? FileAttributeType {
      case nil, .some(.typeRegular): try replace(target, with: data)
      case .some(.typeDirectory): throw FileWritingError(path: path, reason: "it is a folder")
      default:
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: data)
        try handle.close()
      }
    } catch let error as FileWritingError {
      throw FileWritingError(path: path, reason: error.reason)
    } catch {
      throw FileWritingError(path: path, reason: error.localizedDescription)
    }
  }

  /// Writes text as UTF-8.
  public static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  private static func replace(_ target: URL, with data: Data) throws {
    let name = ".\(target.lastPathComponent).\(UUID().uuidString).new"
    let temporary = target.deletingLastPathComponent().appendingPathComponent(name)
    guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
      throw FileWritingError(path: target.path, reason: "no file can be made in its folder")
    }
    do {
      let handle = try FileHandle(forWritingTo: temporary)
      try handle.write(contentsOf: data)
      try handle.synchronize()
      try handle.close()
      guard unsafe rename(temporary.path, target.path) == 0 else {
        let code = POSIXErrorCode(rawValue: errno).map { POSIXError($0).localizedDescription }
        throw FileWritingError(path: target.path, reason: code ?? "error \(errno)")
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }
}
