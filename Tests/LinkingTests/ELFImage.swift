// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a linked ELF file asks the loader for: the names of its shared libraries.
///
/// Reads the dynamic section of a 64-bit little-endian file, as the loader does: program headers, the string table's
/// address, the entries `DT_NEEDED`. No tool has to be installed for it.
struct ELFImage {
  /// The shared libraries, in the order of the file.
  let neededLibraries: [String]

  /// Why a file cannot be read.
  enum Failure: Error {
    case notELF64
    case noDynamicSection
  }

  init(_ bytes: [UInt8]) throws {
    func number(_ offset: Int, _ width: Int) -> Int {
      (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }
    guard bytes.count > 64, Array(bytes[0..<6]) == [0x7F, 0x45, 0x4C, 0x46, 2, 1] else { throw Failure.notELF64 }

    let table = number(32, 8)
    let entrySize = number(54, 2)
    let segments = (0..<number(56, 2)).map { index in
      let header = table + index * entrySize
      return Segment(
        type: number(header, 4), offset: number(header + 8, 8), address: number(header + 16, 8),
        size: number(header + 32, 8))
    }
    guard let dynamic = segments.first(where: { $0.type == Segment.dynamic }) else { throw Failure.noDynamicSection }

    var strings: Int?
    var names: [Int] = []
    entries: for entry in stride(from: dynamic.offset, to: dynamic.offset + dynamic.size, by: 16) {
      switch number(entry, 8) {
      case 0: break entries
      case 1: names.append(number(entry + 8, 8))
      case 5: strings = segments.lazy.compactMap { $0.offset(of: number(entry + 8, 8)) }.first
      default: continue
      }
    }
    guard let strings else { throw Failure.noDynamicSection }
    neededLibraries = names.map { name in
      String(decoding: bytes[(strings + name)...].prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// A piece of the file and where it goes in memory.
  private struct Segment {
    static let loaded = 1
    static let dynamic = 2
    let type: Int
    let offset: Int
    let address: Int
    let size: Int

    /// The place in the file of an address, if it is in this piece.
    func offset(of address: Int) -> Int? {
      guard type == Segment.loaded, address >= self.address, address < self.address + size else { return nil }
      return address - self.address + offset
    }
  }
}
