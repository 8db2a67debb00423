// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: `open` takes a C string; `ioctl` reads and fills a whole number through a pointer (Linux), `ptsname` gives a pointer to a name that
// the next call overwrites (macOS). The invariants: the pointer is to a local value of that very type and is used only
// during the call; the name is copied at once.

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A terminal without a screen: what a program writes to its end can be read here.
struct PseudoTerminal {
  private let controller: FileHandle
  /// The program's end.
  let end: FileHandle

  init() throws {
    let descriptor = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.failure }
    controller = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let other = unsafe open(try Self.name(of: descriptor), O_RDWR | O_NOCTTY)
    guard other >= 0 else { throw Self.failure }
    end = FileHandle(fileDescriptor: other, closeOnDealloc: true)
  }

  private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  private static func name(of descriptor: Int32) throws -> String {
    #if canImport(Darwin)
      guard grantpt(descriptor) == 0, unlockpt(descriptor) == 0, let name = unsafe ptsname(descriptor) else {
        throw failure
      }
      return unsafe String(cString: name)
    #else
      // TIOCSPTLCK and TIOCGPTN, which the C library's module does not show.
      var isLocked: Int32 = 0
      var number: Int32 = 0
      guard unsafe ioctl(descriptor, 0x4004_5431, &isLocked) == 0, unsafe ioctl(descriptor, 0x8004_5430, &number) == 0
      else { throw failure }
      return "/dev/pts/\(number)"
    #endif
  }

  /// All that is written until the last program has closed its end, which is an error of reading on Linux.
  func readToEnd() -> String {
    var all = Data()
    // Byte by byte: a read of more that meets the error loses what it had before.
    while let more = try? controller.read(upToCount: 1), !more.isEmpty { all += more }
    return String(decoding: all, as: UTF8.self)
  }
}
