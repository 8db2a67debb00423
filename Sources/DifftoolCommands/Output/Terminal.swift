// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: `ioctl` fills a `winsize` through a pointer. The invariant: the pointer is to a local value of that very
// type and is used only during the call.

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal, if there is one.
enum Terminal {
  enum Stream: Int32 {
    case input = 0
    case output = 1
    case error = 2
  }

  /// Whether a stream is a terminal.
  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// The width of a stream's terminal, COLUMNS, or 80; never less than what a report needs.
  static func width(of stream: Stream, atLeast minimum: Int = 40) -> Int {
    var size = winsize()
    if isTerminal(stream), unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(minimum, Int(size.ws_col))
    }
    return max(minimum, ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80)
  }

  /// Writes to standard error: on a terminal in lines of its width, elsewhere as it is, so that it can be searched.
  static func note(_ text: String) {
    var text = DifftoolEnvironment.isASCII ? asciiOnly(text) : text
    if isTerminal(.error) {
      let width = width(of: .error)
      text = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
        line.count > width
          ? wrapped(String(line), width: width, indent: line.prefix { $0 == " " }.count) : [String(line)]
      }.joined(separator: "\n")
    }
    writeError(text + "\n")
  }

  /// Writes to standard output. Not `print`, which says nothing of a full disk.
  static func writeOutput(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw CommandError.runtime("standard output cannot be written: \(error.localizedDescription)")
    }
  }

  /// Writes to standard error as far as it can be written to: a closed one ends nothing.
  static func writeError(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
